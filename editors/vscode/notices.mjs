// Writes the licences of the packages that the bundle holds beside it.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const bundled = Object.entries(packages).filter(([path, { dev }]) => path && !dev);
const notices = bundled.map(([path, { version, license }]) => {
  const file = readdirSync(path).find((name) => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${path}: has no licence`);
  return `${path.replace("node_modules/", "")} ${version} (${license})\n\n${readFileSync(`${path}/${file}`, "utf8").trim()}\n`;
});
writeFileSync("dist/NOTICE", notices.join("\n----\n\n"));
