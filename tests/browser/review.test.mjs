// Decides findings on the page of `duizhao review --browser`, leaves, comes back, and takes a decision back.
import assert from "node:assert/strict";
import { started } from "./server.mjs";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [duizhao, report] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const work = mkdtempSync(join(tmpdir(), "duizhao-review-"));
const baseline = join(work, "known.txt");
const kept = () => (existsSync(baseline) ? readFileSync(baseline, "utf8") : "");
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const errors = [];
/// A review that has just begun: the server and its page.
const begun = async (...more) => {
  const { server, url } = await started(duizhao, ["review", report, "--browser", "--baseline", baseline, ...more]);
  const page = await browser.newPage();
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(url);
  return { server, page };
};
const left = ({ server, page }) => Promise.all([page.close(), new Promise((gone) => server.once("exit", gone).kill())]);

try {
  let review = await begun();
  const first = () => review.page.locator("article").first();
  const all = await review.page.locator("article").count();
  assert.ok(all > 1, "findings are listed");
  await first().getByRole("button", { name: "dismiss" }).click();
  assert.equal(kept(), "", "nothing is dismissed without a reason");
  await first().getByLabel("why").fill("said <b>elsewhere</b>");
  await first().getByRole("button", { name: "dismiss" }).click();
  await first().getByText("said <b>elsewhere</b>").waitFor();
  await review.page.locator("article").nth(1).getByRole("button", { name: "accept" }).click();
  await review.page.getByText(`1 dismissed, 1 accepted, ${all - 2} undecided`).waitFor();
  assert.ok(kept().includes("said <b>elsewhere</b>"), "a decision is on disk at once");
  const results = await review.page.evaluate(`(() => { const module = undefined, exports = undefined, define = undefined; ${axe}; return axe.run(); })()`);
  const grave = results.violations.filter((found) => ["serious", "critical"].includes(found.impact));
  assert.deepEqual(grave.map((found) => `${found.id}: ${found.nodes[0].html}`), [], "nothing serious for axe");
  await left(review);

  review = await begun();
  await review.page.getByText(`1 dismissed, 1 accepted, ${all - 2} undecided`).waitFor();
  await first().getByRole("button", { name: "undo" }).click();
  await review.page.getByText(`0 dismissed, 1 accepted, ${all - 1} undecided`).waitFor();
  assert.ok(!kept().includes("elsewhere"), "a decision taken back is gone from the disk");

  // by keyboard alone: what is decided is left behind, what is undecided comes next
  const current = () => review.page.locator("article.current").getAttribute("id");
  assert.equal(await current(), "finding-1", "the review goes on at the first that is undecided");
  await review.page.keyboard.press("n");
  await review.page.keyboard.press("n");
  assert.equal(await current(), "finding-3");
  await review.page.keyboard.press("d");
  await review.page.keyboard.type("a name");
  await review.page.keyboard.press("Enter");
  await review.page.getByText(`1 dismissed, 1 accepted, ${all - 2} undecided`).waitFor();
  assert.equal(await current(), "finding-4", "the next is taken up");
  await review.page.keyboard.press("a");
  await review.page.getByText(`1 dismissed, 2 accepted, ${all - 3} undecided`).waitFor();
  await review.page.keyboard.press("p");
  await review.page.keyboard.press("u");
  await review.page.getByText(`1 dismissed, 1 accepted, ${all - 2} undecided`).waitFor();
  if (process.argv[4]) await review.page.screenshot({ path: process.argv[4] });
  await left(review);

  review = await begun("--lang", "zh");
  await review.page.getByText(`保留 1 处，待改 1 处，未决 ${all - 2} 处`).waitFor();
  assert.equal(await review.page.evaluate(() => document.documentElement.lang), "zh");
  if (process.argv[4]) await review.page.screenshot({ path: process.argv[4].replace(".png", ".zh.png") });
  await left(review);
  assert.deepEqual(errors, []);
  console.log(`review: decided, left, came back, took back; ${all} findings`);
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
