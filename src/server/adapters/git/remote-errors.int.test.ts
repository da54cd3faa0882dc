import { execFile } from "node:child_process";
import type { RequestListener } from "node:http";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGitBed, type GitBed } from "@/testing/git-bed";
import { listen } from "@/testing/listen";

const execute = promisify(execFile);
const forever = () => new AbortController().signal;
const silent = () => {};

describe("errors", () => {
  let bed: GitBed;
  beforeAll(async () => {
    bed = await createGitBed();
  });
  afterAll(() => bed.close());

  test.each<[string, RequestListener, string]>([
    ["500", (_, response) => response.writeHead(500).end(), "repository_unreachable"],
    ["403", (_, response) => response.writeHead(403).end(), "repository_access_denied"],
    ["404", (_, response) => response.writeHead(404).end(), "repository_not_found"],
    ["401", (_, response) => response.writeHead(401, { "www-authenticate": "Basic" }).end(), "repository_not_found"],
    [
      "a web page",
      (_, response) => response.end("<html>\nNo space left on device, bad object\n</html>\n"),
      "repository_not_found",
    ],
    ["a broken connection", (request) => request.socket.destroy(), "repository_unreachable"],
  ])("a server that answers %s", async (_, listener, code) => {
    const server = await listen(listener);
    try {
      await expect(bed.fetch(`${server.url}/x.git`)).rejects.toMatchObject({ code });
      await expect(bed.git.branches({ url: `${server.url}/x.git`, token: null }, forever())).rejects.toMatchObject({
        code,
      });
    } finally {
      await server.close();
    }
  });

  test.each(["http://127.0.0.1:1/x.git", "https://absent.invalid/x.git", "ssh://git@127.0.0.1:1/x.git"])(
    "nothing answers at %s",
    async (url) => {
      await expect(bed.fetch(url)).rejects.toMatchObject({ code: "repository_unreachable" });
    },
  );

  test("an abort ends git and all that it started, and rejects with its reason", async () => {
    const silentServer = await listen(() => {});
    const abort = new AbortController();
    const reason = new Error("cancelled");
    const attempt = bed.git.fetch(
      { url: `${silentServer.url}/x.git`, token: null },
      { branch: "main" },
      silent,
      abort.signal,
    );
    const outcome = expect(attempt).rejects.toBe(reason);
    await silentServer.requested;
    abort.abort(reason);
    await outcome;
    const { stdout } = await execute("ps", ["-eo", "args"]);
    expect(stdout).not.toContain(silentServer.url);
    await silentServer.close();
  });
});
