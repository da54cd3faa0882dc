import { createServer } from "node:net";
import { expect, it } from "vitest";
import { freePort } from "./free-port";
import { findPortOwner, isPortFree } from "./port-owner";

it("tells a free port from a taken one, and who has it", async () => {
  const port = await freePort();
  expect(await isPortFree("127.0.0.1", port)).toBe(true);
  expect(findPortOwner(port)).toBeNull();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ host: "127.0.0.1", port }, resolve));
  try {
    expect(await isPortFree("127.0.0.1", port)).toBe(false);
    expect(findPortOwner(port)).toContain(`(pid ${process.pid})`);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});
