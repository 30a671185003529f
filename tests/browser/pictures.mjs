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
  { name: "report-zh.png", colorScheme: "light", button: "#tongue" },
  { name: "report-terms.png", colorScheme: "light", button: "#tab-terms" },
];

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
try {
  for (const { name, colorScheme, button } of pictures) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
    await page.goto(pathToFileURL(report).href);
    // the tool's own clicks would scroll
    if (button) await page.evaluate((button) => document.querySelector(button).click(), button);
    const view = button === "#tab-terms" ? button : "#tab-list";
    await page.evaluate(([shown, view]) => {
      document.querySelector(`${shown} .no`).click();
      document.querySelector(shown).scrollIntoView({ block: "center" });
      document.querySelector(view).click();
    }, [shown, view]);
    // the page scrolls until nothing moves any more
    await page.waitForTimeout(1000);
    await page.evaluate(() => Promise.all(document.getAnimations().map((change) => change.finished)));
    await page.screenshot({ path: join(folder, name) });
    await page.close();
  }
} finally {
  await browser.close();
}
