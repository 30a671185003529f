// A server of the program that has just begun, and its address, which it says on standard error.

import { spawn } from "node:child_process";

export const started = async (program, args, options = {}) => {
  const server = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], ...options });
  const url = await new Promise((found, failed) => {
    let said = "";
    server.stderr.on("data", (bytes) => {
      said += bytes;
      const [url] = said.match(/http:\S+/) ?? [];
      if (url) found(url);
    });
    server.on("exit", () => failed(new Error(`the server left: ${said}`)));
  });
  return { server, url };
};
