// Uses the page of `duizhao serve` as somebody does who checks a translation: drops files, cancels, reads, decides,
// downloads, reloads; and looks whether anything is left behind.
import assert from "node:assert/strict";
import { started } from "./server.mjs";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [duizhao, texts, picture] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const work = mkdtempSync(join(tmpdir(), "duizhao-serve-"));
const [own, temporary] = ["own", "tmp"].map((name) => join(work, name));
[own, temporary].forEach((folder) => mkdirSync(folder));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const errors = [];
/// A session that has just begun.
const begun = (...more) => started(duizhao, ["serve", ...more], { cwd: own, env: { ...process.env, TMPDIR: temporary } });
const ended = ({ server }, signal) => new Promise((gone) => server.once("exit", (...how) => gone(how)).kill(signal));
const session = await begun();
const asked = new Set();
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
const page = await context.newPage();
page.on("pageerror", (error) => errors.push(String(error)));
page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
context.on("request", (request) => asked.add(new URL(request.url()).host));

/// Drops files, each with its name and its text, on a side of the page, or on the page as a whole.
const drop = async (where, ...files) => {
  const transfer = await page.evaluateHandle((files) => {
    const transfer = new DataTransfer();
    for (const [name, text] of files) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  const target = page.locator(where);
  await target.dispatchEvent("dragover", { dataTransfer: transfer });
  await target.dispatchEvent("drop", { dataTransfer: transfer });
};
const side = (name) => `.zone[data-side=${name}]`;
const check = () => page.getByRole("button", { name: "Check", exact: true }).click();
const row = (name) => page.locator("#checks li").filter({ hasText: name }).first();
const report = page.frameLocator("#frame");
const sound = async (where) => {
  const results = await page.evaluate(`(() => { const module = undefined, exports = undefined, define = undefined; ${axe}; return axe.run({ exclude: ["iframe"] }, { iframes: false }); })()`);
  const grave = results.violations.filter((found) => ["serious", "critical"].includes(found.impact));
  assert.deepEqual(grave.map((found) => `${found.id}: ${found.nodes[0].html}`), [], `nothing serious for axe ${where}`);
};

try {
  await page.goto(session.url);
  await sound("at the beginning");
  await check();
  await page.getByText("Drop or choose the original first.").waitFor();

  // two files on the page: the one that says that it is Chinese is the original, whichever comes first
  const [zh, en] = ["zh", "en"].map((lang) => readFileSync(join(texts, `${lang}.txt`), "utf8"));
  await drop("h1", ["paper.en.txt", en], ["paper.zh.txt", zh]);
  assert.equal(await page.locator(`${side("source")} .what`).textContent(), "paper.zh.txt");
  await page.getByRole("button", { name: "Swap original and translation" }).click();
  assert.equal(await page.locator(`${side("source")} .what`).textContent(), "paper.en.txt");
  await page.getByRole("button", { name: "Swap original and translation" }).click();
  await check();
  await report.locator("#findings").waitFor();
  assert.match(await page.locator("#told").textContent(), /^paper\.zh\.txt ↔ paper\.en\.txt: failed: \d+ critical/, "screen readers are told");
  // the report runs its own scripts, and knows nothing of the page around it
  const inner = page.frames().find((frame) => frame.url().endsWith("/page"));
  assert.equal(await inner.evaluate(() => origin), "null");
  await report.getByRole("button", { name: "Next" }).click();
  await report.locator("#count", { hasText: /^1 \/ / }).waitFor();
  await sound("with a report");

  // decide
  await page.getByRole("button", { name: "Decide" }).click();
  const undecided = await report.locator("article").count();
  await report.locator("article").first().getByLabel("why").fill("as agreed");
  await report.locator("article").first().getByRole("button", { name: "dismiss" }).click();
  await report.getByText(`1 dismissed, 0 accepted, ${undecided - 1} undecided`).waitFor();
  await page.locator("#verdict").getByText(`1 dismissed, 0 accepted, ${undecided - 1} undecided`).waitFor();

  // download reports; Chromium lets a page start ten downloads, and the server's own tests ask for all that there are
  await page.getByRole("button", { name: "Download" }).click();
  const names = ["html", "json", "markdown", "xlsx", "sarif", "docx", "decisions"];
  for (const name of names) {
    const link = page.locator("#downloads").getByRole("link", { name, exact: true });
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    const bytes = readFileSync(await download.path());
    assert.ok(bytes.length > 0, `${name} is not empty`);
    if (name === "json") assert.ok(JSON.parse(bytes).pairs[0].findings.some(({ status }) => status === "known"), "what was dismissed counts no more");
    if (name === "decisions") assert.match(String(bytes), /# as agreed/);
    if (name === "xlsx") assert.equal(download.suggestedFilename(), "paper.en.findings.xlsx");
  }

  // cancel what takes long, by keyboard; what waits behind it comes to its turn
  const long = (line) => Array.from({ length: 20000 }, (_, at) => line(at)).join("\n\n");
  await drop(side("source"), ["long.zh.txt", long((at) => `第${at}所学校有${at % 97}名学生，位于第${at % 31}条街。`)]);
  await drop(side("target"), ["long.en.txt", long((at) => `School ${at} has ${at % 97} students and stands in street ${at % 31}.`)]);
  await check();
  await row("long.zh.txt").getByRole("progressbar").waitFor();
  await row("long.zh.txt").getByRole("button", { name: /^Cancel/ }).focus();
  await page.keyboard.press("Enter");
  await row("long.zh.txt").getByText("cancelled").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.className), "remove", "the keyboard is where it was");
  await page.keyboard.press("Enter");
  await row("long.zh.txt").waitFor({ state: "detached" });

  // two folders, dropped together as from a file manager; and chosen as by a dialogue
  for (const [lang, text] of [["zh", "学校成立于1998年。"], ["en", "The school was founded in 1989."]]) {
    mkdirSync(join(work, "docs", lang, "more"), { recursive: true });
    for (const name of ["a.md", "b.md", "more/c.md"]) writeFileSync(join(work, "docs", lang, name), text);
  }
  const folders = ["en", "zh"].map((lang) => join(work, "docs", lang));
  const devtools = await context.newCDPSession(page);
  await page.evaluate(() => scrollTo(0, 0));
  const { x, y } = await page.locator(side("target")).boundingBox();
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await devtools.send("Input.dispatchDragEvent", { type, x: x + 20, y: y + 20, data: { items: [], files: folders, dragOperationsMask: 1 } });
  }
  const chosen = (name) => page.locator(`${side(name)} .what`).getByText(name === "source" ? /^zh\/.* and 2 more$/ : /^en\/.* and 2 more$/);
  await Promise.all(["source", "target"].map((name) => chosen(name).waitFor()));
  for (const name of ["source", "target"]) {
    await page.locator(side(name)).getByRole("button", { name: /Clear$/ }).click();
    await page.locator(side(name)).locator("input[webkitdirectory]").setInputFiles(folders[name === "source" ? 1 : 0]);
    await chosen(name).waitFor();
  }
  await check();
  await page.getByRole("table").getByRole("button", { name: "zh/b.md ↔ en/b.md" }).click();
  await report.getByText("1989").first().waitFor();
  await page.getByLabel("Pair", { exact: true }).selectOption({ label: "zh/a.md ↔ en/a.md" });
  await report.getByText("zh/a.md").first().waitFor();

  // what cannot be read is told, and is no end
  await drop("h1", ["a.zh.md", "\0"], ["a.en.md", "\0"]);
  await check();
  await row("a.zh.md").getByText("could not be checked").waitFor();

  // reload: all is there as it was
  const before = await page.locator("#checks .name").allTextContents();
  assert.equal(before.length, 3);
  await page.reload();
  await page.getByLabel("Pair", { exact: true }).waitFor();
  assert.deepEqual(await page.locator("#checks .name").allTextContents(), before);
  await row("paper.zh.txt").getByRole("button", { name: /^Open/ }).click();
  await report.locator("#findings").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "result-title");
  if (picture) await page.evaluate(() => scrollTo(0, 0)).then(() => page.screenshot({ path: picture }));

  // in Chinese, and on a narrow screen, too
  await page.getByRole("link", { name: "中文" }).click();
  await page.getByRole("button", { name: "检查", exact: true }).waitFor();
  await page.locator("#verdict").getByText("保留 1 处").waitFor();
  await report.locator("html[lang=zh]").waitFor();
  await sound("in Chinese");
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is beyond a narrow screen");
  await sound("on a narrow screen");
  if (picture) await page.screenshot({ path: picture.replace(".png", ".narrow.png") });

  assert.deepEqual([...asked], [new URL(session.url).host], "nothing else is asked");
  assert.deepEqual(errors, []);
  await page.close();
  assert.deepEqual(await ended(session, "SIGINT"), [null, "SIGINT"]);
  assert.deepEqual([own, temporary].map((folder) => readdirSync(folder)), [[], []], "nothing is left behind");
  console.log(`serve: dropped, read, decided, ${names.length} downloads, cancelled, reloaded; nothing left behind`);
} finally {
  session.server.kill();
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
