import { createServer } from "node:net";
import { expect, it } from "vitest";
import { readConfig } from "@/server/config";
import { checkDisk, checkPorts, ensureGit } from "./check-machine";
import { freePort } from "./free-port";

async function ports(): Promise<{ web: number; config: ReturnType<typeof readConfig>["config"] }> {
  const [web, edge, api] = [await freePort(), await freePort(), await freePort()];
  const environment = { WEB_PORT: String(web), EDGE_PORT: String(edge), EDGE_API_PORT: String(api) };
  return { web, config: readConfig(environment).config };
}

it("says which port is taken, by whom, and what to do", async () => {
  const { web, config } = await ports();
  await expect(checkPorts(config)).resolves.toBeUndefined();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ host: "127.0.0.1", port: web }, resolve));
  try {
    await expect(checkPorts(config)).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(
        new RegExp(`^Port ${web} for the dashboard is taken by .*\\(pid ${process.pid}\\)`),
      ),
      fix: expect.stringContaining(`WEB_PORT=${web + 1} npm start`),
    });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

it("warns of a disk that is nearly full, and refuses one that is full", () => {
  const gibibytes = (count: number) => () => count * 1024 ** 3;
  expect(checkDisk("/", gibibytes(50))).toBeNull();
  expect(checkDisk("/", gibibytes(3))).toContain("3.0 GiB free");
  expect(() => checkDisk("/", gibibytes(1))).toThrow(/nearly full: 1\.0 GiB/);
  expect(() => checkDisk("/")).not.toThrow();
});

it("finds git", async () => {
  expect(await ensureGit({ debian: false, root: false }, () => {})).toMatch(/^\d+\./);
});
