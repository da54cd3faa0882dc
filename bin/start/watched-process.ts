import { spawn } from "node:child_process";

export type WatchedProcess = { stop: () => Promise<void> };

/** A process of `npm run dev`: its output on this terminal, each line after its name. It restarts itself on changes. */
export function watchProcess(name: string, args: string[], env: NodeJS.ProcessEnv): WatchedProcess {
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) process.stdout.write(`${name.padEnd(6)} │ ${line}\n`);
    });
  }
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
