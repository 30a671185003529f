// Opens HTML reports in Chromium and uses them as a reader does, by pointer and by keyboard, in light and dark, in both
// languages of the interface: no errors, no network, nothing serious for axe.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [duizhao, report, picture] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const work = mkdtempSync(join(tmpdir(), "duizhao-browser-"));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const errors = [];
const opened = async (path, hash = "") => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("dialog", (dialog) => errors.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  page.on("request", (request) => request.url().startsWith("file:") || errors.push(`request: ${request.url()}`));
  await page.goto(pathToFileURL(path).href + hash);
  return page;
};
/// A report of two texts, as the program makes it.
const made = (name, zh, en, ...more) => {
  const paths = [`${name}.zh.md`, `${name}.en.md`, `${name}.html`].map((file) => join(work, file));
  writeFileSync(paths[0], zh);
  writeFileSync(paths[1], en);
  try {
    execFileSync(duizhao, ["check", paths[0], paths[1], "--quiet", "--report", `html=${paths[2]}`, ...more]);
  } catch (error) {
    if (error.status !== 1) throw error; // faults in the texts are meant
  }
  return paths[2];
};
const shown = (page) => page.locator(".card").evaluateAll((cards) => cards.filter((card) => card.checkVisibility()).length);
/// What axe finds that keeps people from reading; it runs from outside, since the page's policy lets in no script.
const barriers = async (page) => {
  const results = await page.evaluate(`(() => { const module = undefined, exports = undefined, define = undefined; ${axe}; return axe.run(); })()`);
  const grave = results.violations.filter((found) => ["serious", "critical"].includes(found.impact));
  return grave.map((found) => `${found.id}: ${found.nodes.length} × ${found.nodes[0].html.slice(0, 200)} ${found.nodes[0].failureSummary}`);
};

try {
  const page = await opened(report);
  const all = await page.locator(".card").count();
  assert.ok(all > 0, "findings are listed");
  assert.ok((await page.locator("mark").count()) > 0, "findings are marked in the text");

  // search, and the filters of severity, check and confidence
  await page.locator("#words").fill("joined-words");
  assert.ok((await shown(page)) < all, "a search narrows the list");
  await page.locator("#words").fill("");
  assert.equal(await shown(page), all);
  await page.locator(".chip.minor").click();
  assert.equal(await page.locator(".card.minor:visible").count(), 0, "a severity can be hidden");
  await page.locator(".chip.minor").click();
  const check = await page.locator(".card").first().getAttribute("data-check");
  await page.locator("#check").selectOption(check);
  assert.equal(await shown(page), await page.locator(`.card[data-check="${check}"]`).count(), "one check alone");
  await page.locator("#check").selectOption("");
  await page.locator("#confidence").fill("0.8");
  assert.ok((await shown(page)) < all, "the less likely can be hidden");
  await page.locator("#confidence").fill("0");

  // by keyboard: the next finding, and a permalink to it
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("n");
  const first = await page.evaluate(() => location.hash);
  assert.ok(first.startsWith("#f-"), "a finding has a permalink");
  await page.keyboard.press("n");
  const second = await page.evaluate(() => location.hash);
  assert.notEqual(second, first);
  await page.keyboard.press("p");
  assert.equal(await page.evaluate(() => location.hash), first);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "words");
  await page.keyboard.press("Escape");
  const linked = await opened(report, second);
  assert.equal(await linked.evaluate(() => `#${document.querySelector(".card.on").id}`), second, "a permalink leads to its finding");
  await linked.close();

  // the map leads to what is clicked, a sentence lights its counterpart
  await page.evaluate(() => scrollTo(0, 0));
  const map = await page.locator(".map svg").boundingBox();
  await page.mouse.click(map.x + 12, map.y + map.height * 0.7);
  await page.waitForFunction(() => scrollY > 200);
  const sentence = page.locator(".cell.s .x[data-l]:visible").nth(2);
  await sentence.scrollIntoViewIfNeeded();
  await sentence.hover();
  assert.ok((await page.locator(".cell.t .x.lit").count()) > 0, "linked sentences are lit on both sides");

  // the other language, remembered
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await page.locator("#tongue").click();
  assert.match(await page.locator(".card .msg").first().innerText(), /\p{Script=Han}/u);
  assert.equal(await page.locator("#toggle").innerText(), "检查结果");
  assert.match(await page.locator("#count").innerText(), /共/);
  await page.reload();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh", "the choice is kept");
  if (picture) await page.screenshot({ path: picture.replace(".png", ".zh.png") });
  await page.locator("#tongue").click();

  // for everybody
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    // colours that change take a moment, and axe would see them on their way
    await page.evaluate(() => Promise.all(document.getAnimations().map((change) => change.finished)));
    await page.evaluate(() => scrollTo(0, 0));
    assert.deepEqual(await barriers(page), [], `barriers in ${colorScheme}`);
    for (const width of picture ? [1440, 900] : []) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: picture.replace(".png", `.${colorScheme}.${width}.png`) });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  }

  // a text that would like to be a program
  const evil = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "</textarea></style></script><script>alert(3)</script>", "[a](javascript:alert(4))", "<svg onload=alert(5)>", "' onmouseover='alert(6)"];
  const many = (words) => Array.from({ length: 8 }, (_, at) => `${words} ${at}. ${evil.join(" ")}`).join("\n\n");
  for (const lang of ["en", "zh"]) {
    const hostile = await opened(made(`hostile-${lang}`, many("服务器读取设置"), many("The server reads its settings").replace(/ 3\..*\n/, " 4.\n"), "--lang", lang));
    assert.equal(await hostile.evaluate(() => document.documentElement.lang), lang, "--lang chooses the language");
    assert.equal(await hostile.locator("script").count(), 1, "its own script and no other");
    assert.equal(await hostile.locator("img, svg[onload], [onmouseover], [onerror], a[href^='javascript']").count(), 0);
    await hostile.keyboard.press("n");
    await hostile.close();
  }

  // how long a long document takes is told, not judged
  const long = (words) => Array.from({ length: 10_000 }, (_, at) => words(at)).join("\n\n");
  const big = made("long", long((at) => `第${at}台服务器每小时写一次日志，编号为 ${at}。`), long((at) => `Server number ${at} writes a log every hour; its number is ${at + (at % 500 === 7 ? 1 : 0)}.`));
  const began = performance.now();
  const wide = await opened(big);
  await wide.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  console.log(`report.test: ${await wide.locator(".row").count()} rows opened in ${Math.round(performance.now() - began)} ms`);
  if (picture) await wide.screenshot({ path: picture.replace(".png", ".long.png") });

  assert.deepEqual(errors, []);
  console.log(`report.test: ${all} findings listed, filtered and walked through`);
} finally {
  await browser.close();
  rmSync(work, { recursive: true });
}
