// Takes the pictures of the documentation from a report:
//
//     node tests/browser/pictures.mjs reports/sovereignty-3.0.html docs
//
// The same Chromium with the same fonts draws the same pictures; .ci/run says which are installed.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [report, folder] = process.argv.slice(2);
/// Where the polarity of a sentence is turned round: a finding that needs no Chinese to be seen.
const shown = '.card[data-check="polarity-mismatch"]';
const pictures = [
  { name: "report.png", colorScheme: "light" },
  { name: "report-dark.png", colorScheme: "dark" },
  { name: "report-zh.png", colorScheme: "light", steps: (page) => page.locator("#tongue").click() },
  { name: "report-terms.png", colorScheme: "light", steps: (page) => page.locator("#tab-terms").click() },
];

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
try {
  for (const { name, colorScheme, steps } of pictures) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
    await page.goto(pathToFileURL(report).href);
    await page.locator(shown).first().locator(".no").click();
    await page.locator(shown).first().scrollIntoViewIfNeeded();
    await steps?.(page);
    await page.mouse.move(0, 0);
    await page.evaluate(() => Promise.all(document.getAnimations().map((change) => change.finished)));
    await page.screenshot({ path: join(folder, name) });
    await page.close();
  }
} finally {
  await browser.close();
}
