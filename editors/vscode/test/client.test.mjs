// The client's talk with `duizhao lsp`, without the editor: a pair is opened, its faults are shown and mended.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = require("vscode-languageserver-protocol/node");
const { options } = require("../dist/options.js");
const duizhao = process.env.DUIZHAO ?? "duizhao";
const extension = new URL("..", import.meta.url).pathname;
const ZH = "# 学校\n\n学校成立于1998年。\n\n今天有35名学生。\n";
const EN = "# The school\n\nThe school was founded in 1989.\n\nToday it has 35 students.\n";

/** The settings of an editor. */
const set = (settings, editor = "en") => options((name) => settings[name], editor);

/** A server that shook hands with a client for a folder with a pair, and what it shows of `en.md`. */
async function begun(wishes) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "duizhao-vscode-")));
  for (const [name, text] of [["a.zh.md", ZH], ["a.en.md", EN]]) writeFileSync(join(folder, name), text);
  const server = spawn(duizhao, ["lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const uri = (name) => pathToFileURL(join(folder, name)).href;
  const shown = new Map();
  const waiting = [];
  connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
    shown.set(uri, diagnostics);
    for (const look of waiting) look();
  });
  connection.listen();
  const capabilities = { window: { showDocument: { support: true } }, textDocument: { codeAction: {}, hover: { contentFormat: ["markdown", "plaintext"] } } };
  const root = pathToFileURL(folder).href;
  const told = await connection.sendRequest("initialize", {
    processId: process.pid, rootUri: root, workspaceFolders: [{ uri: root, name: "test" }], capabilities, initializationOptions: wishes,
  });
  connection.sendNotification("initialized", {});
  const until = (name, meant) => new Promise((found) => {
    const look = () => shown.has(uri(name)) && meant(shown.get(uri(name))) && found(shown.get(uri(name)));
    waiting.push(look);
    look();
  });
  const tell = (what, params) => connection.sendNotification(`textDocument/${what}`, params);
  const open = (name, text) => tell("didOpen", { textDocument: { uri: uri(name), languageId: "markdown", version: 1, text } });
  const change = (name, version, text) => tell("didChange", { textDocument: { uri: uri(name), version }, contentChanges: [{ text }] });
  const end = async () => {
    await connection.sendRequest("shutdown");
    const gone = new Promise((gone) => server.once("exit", gone));
    connection.sendNotification("exit");
    assert.equal(await gone, 0);
    connection.dispose();
    rmSync(folder, { recursive: true });
  };
  return { connection, told, uri, until, open, change, end };
}

test("a fault is shown in both files, can be dealt with, and is gone when it is mended", async () => {
  const { connection, told, uri, until, open, change, end } = await begun(set({}));
  assert.equal(told.serverInfo.name, "duizhao");
  open("a.en.md", EN);
  const [fault] = await until("a.en.md", (all) => all.length > 0);
  assert.equal(fault.code, "date-mismatch");
  assert.equal(EN.split("\n")[fault.range.start.line].slice(fault.range.start.character, fault.range.end.character), "1989");
  const [other] = await until("a.zh.md", (all) => all.length > 0);
  assert.equal(other.relatedInformation[0].location.uri, uri("a.en.md"));

  const actions = await connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri: uri("a.en.md") }, range: fault.range, context: { diagnostics: [fault] },
  });
  assert.deepEqual(actions.map(({ title }) => title), ["Suppress date-mismatch here", "Open the original here"]);
  const [edit] = actions[0].edit.changes[uri("a.en.md")];
  assert.match(edit.newText, /duizhao: allow date-mismatch/);
  const asked = new Promise((found) => connection.onRequest("window/showDocument", (params) => (found(params), { success: true })));
  const { command } = actions[1];
  assert.ok(told.capabilities.executeCommandProvider.commands.includes(command.command));
  await connection.sendRequest("workspace/executeCommand", { command: command.command, arguments: command.arguments });
  assert.equal((await asked).uri, uri("a.zh.md"));

  change("a.en.md", 2, EN.replace("1989", "1998"));
  await until("a.en.md", (all) => all.length === 0);
  await end();
});

test("a fault that is pointed at is explained, with what the other version says", async () => {
  const { connection, told, uri, until, open, end } = await begun(set({}));
  assert.equal(told.capabilities.hoverProvider, true);
  open("a.en.md", EN);
  const [fault] = await until("a.en.md", (all) => all.length > 0);
  const at = (position) => connection.sendRequest("textDocument/hover", { textDocument: { uri: uri("a.en.md") }, position });
  const { contents } = await at(fault.range.start);
  assert.equal(contents.kind, "markdown");
  assert.match(contents.value, /date-mismatch/);
  assert.match(contents.value, /学校成立于1998年。/);
  assert.equal(await at({ line: 0, character: 0 }), null);
  await end();
});

test("the settings of the editor reach the server", async () => {
  const { until, open, change, end } = await begun(set({ severity: { "date-mismatch": "minor" }, checkOnSave: true, deep: false }, "zh-cn"));
  open("a.en.md", EN);
  const [fault] = await until("a.en.md", (all) => all.length > 0);
  assert.equal(fault.severity, 3);
  assert.match(fault.message, /\p{Script=Han}/u);
  change("a.en.md", 2, EN.replace("1989", "1998"));
  const early = until("a.en.md", (all) => all.length === 0).then(() => "early");
  const later = new Promise((done) => setTimeout(done, 500, "not checked"));
  assert.equal(await Promise.race([early, later]), "not checked");
  await end();
});

test("what is left open is left to duizhao.toml", () => {
  assert.deepEqual(set({ lang: "auto", deep: null }), { severity: {}, checkOnSave: false });
  assert.deepEqual(set({ lang: "auto" }, "zh-tw"), { lang: "zh", severity: {}, checkOnSave: false });
  assert.deepEqual(set({ lang: "en", deep: true }, "zh-cn"), { lang: "en", deep: true, severity: {}, checkOnSave: false });
});

test("the bundle is an extension", () => {
  // whatever it asks of the editor is there, and says nothing
  const anything = () => new Proxy(class {}, { get: (own, name) => (name === "prototype" ? own.prototype : (own[name] ??= anything())) });
  const load = Module._load;
  Module._load = (name, ...more) => (name === "vscode" ? anything() : load(name, ...more));
  const { activate, deactivate } = require("../dist/extension.js");
  Module._load = load;
  assert.deepEqual([typeof activate, typeof deactivate], ["function", "function"]);
});

test("every setting and every word is there in both languages", () => {
  const read = (name) => JSON.parse(readFileSync(join(extension, name), "utf8"));
  const words = ["package.nls.json", "package.nls.zh-cn.json"].map((name) => Object.keys(read(name)).sort());
  assert.deepEqual(words[0], words[1]);
  const asked = [...readFileSync(join(extension, "package.json"), "utf8").matchAll(/"%([^%]+)%"/g)].map(([, name]) => name);
  assert.deepEqual([...new Set(asked)].sort(), words[0]);
  const said = readdirSync(join(extension, "src")).flatMap((name) => [...readFileSync(join(extension, "src", name), "utf8").matchAll(/l10n\.t\("([^"]+)"/g)]);
  assert.deepEqual(said.map(([, word]) => word).sort(), Object.keys(read("l10n/bundle.l10n.zh-cn.json")).sort());
});
