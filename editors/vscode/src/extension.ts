// Starts `duizhao lsp` for the workspace and shows what it finds.

import * as vscode from "vscode";
import { LanguageClient, type ServerOptions } from "vscode-languageclient/node";
import { options } from "./options";

/** The languages of the editor whose files the server reads; it leaves alone what is in no pair. */
const LANGUAGES = [
  "asciidoc", "html", "json", "latex", "markdown", "mdx", "plaintext", "po", "properties", "restructuredtext", "xml", "yaml",
];

let client: LanguageClient | undefined;
/** Starts and stops follow one another, however fast settings change. */
let turn: Promise<void> = Promise.resolve();

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("duizhao");
}

async function start(): Promise<void> {
  const command = settings().get<string>("path") || "duizhao";
  const server: ServerOptions = { command, args: ["lsp"] };
  client = new LanguageClient("duizhao", "duizhao", server, {
    documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
    initializationOptions: () => options((name) => settings().get(name), vscode.env.language),
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/duizhao.toml") },
  });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const open = vscode.l10n.t("Open settings");
    const why = error instanceof Error ? error.message : String(error);
    const said = vscode.l10n.t("duizhao cannot be started as `{0}`: {1}. Install it, or name it in the settings.", command, why);
    // nobody waits for the answer
    void vscode.window.showErrorMessage(said, open).then((chosen) => {
      if (chosen === open) void vscode.commands.executeCommand("workbench.action.openSettings", "duizhao.path");
    });
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose();
}

function restart(): Promise<void> {
  turn = turn.then(stop, stop).then(start);
  return turn;
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("duizhao.restart", restart),
    vscode.workspace.onDidChangeConfiguration((changed) => {
      const concerned = ["path", "lang", "severity", "deep", "checkOnSave"];
      if (concerned.some((name) => changed.affectsConfiguration(`duizhao.${name}`))) void restart();
    }),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  turn = turn.then(stop, stop);
  await turn;
}
