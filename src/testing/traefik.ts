/** A real Traefik for tests, from the binary that TRAEFIK_BIN names: file provider, API, loopback only. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export const traefikBinary = process.env.TRAEFIK_BIN ?? null;

export type RunningTraefik = { apiUrl: string; port: number; stop(): Promise<void> };

export async function startTraefik(routesDir: string): Promise<RunningTraefik> {
  if (traefikBinary === null) throw new Error("TRAEFIK_BIN is not set");
  const [port, apiPort] = [await freePort(), await freePort()];
  const child = spawn(
    traefikBinary,
    [
      `--entryPoints.web.address=127.0.0.1:${port}`,
      `--entryPoints.traefik.address=127.0.0.1:${apiPort}`,
      "--api.insecure=true",
      "--metrics.prometheus=true",
      "--metrics.prometheus.addRoutersLabels=true",
      `--providers.file.directory=${routesDir}`,
      "--providers.file.watch=true",
      "--providers.providersThrottleDuration=10ms",
      "--global.checkNewVersion=false",
      "--global.sendAnonymousUsage=false",
      "--log.level=ERROR",
    ],
    { stdio: "ignore" },
  );
  const exited = once(child, "exit");
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answered = await fetch(`${apiUrl}/api/http/routers`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) break;
    await sleep(50);
  }
  return {
    apiUrl,
    port,
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no TCP port");
  return address.port;
}
