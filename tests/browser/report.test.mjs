// Opens HTML reports in Chromium and uses them as a reader does, by pointer and by keyboard, in light and dark, in both
// languages of the interface: no errors, no network, nothing serious for axe.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  const middle = () => page.locator("main .on:visible").first().evaluate((mark) => {
    const { top, bottom } = mark.getBoundingClientRect();
    return Math.abs((top + bottom) / 2 - innerHeight / 2);
  });
  for (let at = 0; at < 15; at += 1) await page.keyboard.press("n");
  await page.waitForTimeout(1000);
  assert.ok((await middle()) < 200, "what is far down and was never drawn stands in the middle, too");
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
  assert.match(await page.locator(".card.on .msg").innerText(), /\p{Script=Han}/u);
  assert.equal(await page.locator("#toggle").innerText(), "侧栏");
  assert.match(await page.locator("#count").innerText(), /共/);
  await page.reload();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh", "the choice is kept");
  if (picture) await page.screenshot({ path: picture.replace(".png", ".zh.png") });
  await page.locator("#tongue").click();

  // nothing passes the filters: that is said, and taken back by a click
  await page.locator("#words").fill("no such words");
  assert.equal(await shown(page), 0);
  await page.locator("#reset").click();
  assert.equal(await shown(page), all);

  // the terms lead to where they stand, one place after the other; the overview to what is far from the rest
  await page.locator("#tab-terms").click();
  assert.equal(await page.locator("#view-list").isVisible(), false, "one view at a time");
  const way = page.locator(".way a[data-rows*=' ']").first();
  await way.click();
  const here = await page.locator(".row.here").getAttribute("id");
  assert.match(here, /^row-\d+$/);
  await way.click();
  assert.notEqual(await page.locator(".row.here").getAttribute("id"), here, "a rendering leads to its next place");
  await page.locator("#tab-terms").press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement.id), "tab-overview");
  assert.ok(await page.locator(".ratios").isVisible());
  assert.deepEqual(await barriers(page), [], "barriers of the overview");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("n");
  assert.equal(await page.locator("#view-list").isVisible(), true, "the next finding is shown in its list");

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

  // on a telephone nothing sticks out, and the filters are a click away
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "light" });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector(".banner").scrollWidth <= innerWidth), "no wider than the screen");
  assert.equal(await page.locator("#words").isVisible(), false);
  await page.locator("#narrow").click();
  assert.equal(await page.locator("#words").isVisible(), true);
  assert.deepEqual(await barriers(page), [], "barriers on a telephone");
  await page.close();

  // of what is known already, nothing is shown until it is asked for
  const known = join(work, "baseline.jsonl");
  const texts = ["服务器在 2015 年读取设置。\n\n所有用户都可以登录。", "The server read its settings in 2016.\n\nAll users can log in."];
  made("known", ...texts, "--baseline", known, "--update-baseline");
  const before = await opened(made("known", ...texts, "--baseline", known));
  assert.equal(await shown(before), 0);
  await before.locator("#status").selectOption("known");
  assert.equal(await shown(before), 1);
  await before.close();

  // nothing found, and nothing there
  for (const texts of [["所有用户都可以登录。", "All users can log in."], ["", ""]]) {
    const good = await opened(made("good", ...texts));
    assert.ok(await good.locator(".nothing.good").isVisible(), "that nothing was found is said");
    assert.equal(await good.locator("#words").isVisible(), false);
    await good.keyboard.press("n");
    assert.deepEqual(await barriers(good), [], "barriers without findings");
    await good.close();
  }

  // a folder: what needs work first, sorted and found otherwise when asked
  const folder = ["zh", "en"].map((side) => join(work, side));
  folder.forEach((path) => mkdirSync(path));
  const pair = (name, zh, en) => [zh, en].forEach((text, side) => writeFileSync(join(folder[side], `${name}.md`), text));
  pair("a", "所有用户都可以登录。", "All users can log in.");
  pair("b", "服务器在 2015 年读取设置。", "The server read its settings in 2016.");
  pair("c", "服务器读取设置。\n\n缓存每十分钟清空一次，管理员可以调整这个时间。\n\n所有用户都可以登录。", "The server reads its settings.\n\nAll users can log in.");
  try {
    execFileSync(duizhao, ["check", ...folder, "--quiet", "--report", `html=${join(work, "folder.html")}`]);
  } catch (error) {
    if (error.status !== 1) throw error;
  }
  const index = await opened(join(work, "folder.html"));
  const names = () => index.locator(".pairs tbody tr:visible th").evaluateAll((cells) => cells.map((cell) => /(\w)\.md$/.exec(cell.textContent)[1]).join(""));
  assert.equal(await names(), "cb", "the worst first, and what is clean apart");
  assert.match(await index.locator(".clean").innerText(), /^1 pair/);
  await index.locator(".pairs thead button").first().click();
  assert.equal(await names(), "bc", "sorted by name");
  await index.locator("#pairs").fill("c.md");
  assert.equal(await names(), "c", "found by name");
  assert.deepEqual(await barriers(index), [], "barriers of the index");
  await index.locator(".pairs tbody a:visible").click();
  assert.equal(await index.locator(".card").count(), 1, "the index leads to the page");
  await index.close();

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
