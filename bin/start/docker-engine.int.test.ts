import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { findEngine, reachesRegistry } from "./docker-engine";

it("says that nothing answers at an address", async () => {
  expect(await findEngine("unix:///nowhere/docker.sock")).toEqual({
    host: "unix:///nowhere/docker.sock",
    reason: "absent",
  });
  expect(await findEngine("tcp://127.0.0.1:1")).toMatchObject({ reason: "absent" });
});

it("asks the Engine whether it reaches its registry", async () => {
  const directory = mkdtempSync(path.join(tmpdir(), "helvetia-engine-"));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url === "/version") return response.end(JSON.stringify({ Version: "20.10.24" }));
    // 20.10 answers 500 where it cannot reach the registry, 404 where the registry does not know the image.
    response.writeHead(request.url?.includes("mirror") ? 404 : 500).end("{}");
  });
  const socket = path.join(directory, "docker.sock");
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  try {
    const host = `unix://${socket}`;
    expect(await findEngine(host)).toEqual({ host, version: "20.10.24" });
    expect(await reachesRegistry(host, null, 1000)).toBe(false);
    expect(await reachesRegistry(host, "mirror:5000", 1000)).toBe(true);
    expect(asked).toContain("/distribution/mirror:5000/library/busybox/json");
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(directory, { recursive: true, force: true });
  }
});
