// Opens the HTML report in Chromium and uses it: no errors, no network, findings listed, filtered and walked through.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [report, picture] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("request", (request) => request.url().startsWith("file:") || errors.push(`request: ${request.url()}`));
  await page.goto(pathToFileURL(report).href);
  const cards = page.locator(".cards > *");
  const all = await cards.count();
  assert.ok(all > 0, "findings are listed");
  assert.ok((await page.locator("mark").count()) > 0, "findings are marked in the text");

  await page.locator("#words").fill("joined-words");
  await page.waitForFunction((n) => [...document.querySelectorAll(".cards > *")].filter((c) => c.checkVisibility()).length < n, all);
  await page.locator("#words").fill("");

  await page.locator("#texts").click();
  await page.keyboard.press("n");
  await page.waitForFunction(() => location.hash.startsWith("#f-"));
  const first = await page.evaluate(() => location.hash);
  await page.keyboard.press("n");
  await page.waitForFunction((hash) => location.hash !== hash, first);

  if (picture) await page.screenshot({ path: picture });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(pathToFileURL(report).href + first);
  assert.ok(await page.locator(`[id="${first.slice(1)}"]`).count(), "a permalink leads to its finding");
  assert.deepEqual(errors, []);
  console.log(`report.test: ${all} findings listed, filtered and walked through`);
} finally {
  await browser.close();
}
