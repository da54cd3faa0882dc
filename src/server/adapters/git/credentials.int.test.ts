import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Secret } from "@/domain/secret";
import type { LogLine } from "@/server/ports";
import { createGitBed, type GitBed } from "@/testing/git-bed";
import { testInheritedEnvironment } from "@/testing/git-server";
import { listen } from "@/testing/listen";
import { createGit } from "./create-git";

const execute = promisify(execFile);
const forever = () => new AbortController().signal;

describe("credentials", () => {
  let bed: GitBed;
  beforeAll(async () => {
    bed = await createGitBed();
  });
  afterAll(() => bed.close());

  test("a token appears in no argument, no file and no line", async () => {
    const token = "s3cr3t-t0k3n-value";
    const repository = await bed.server.createRepository("secretive", { token });
    await repository.commit({ a: "1" });
    const seen = await argumentsSeenDuring(bed.directory, async (environment) => {
      const spied = createGit({ ...bed.options, inheritedEnvironment: environment });
      const lines: LogLine[] = [];
      const location = { url: repository.url, token: new Secret(token) };
      await spied.fetch(location, { branch: "main" }, (line) => lines.push(line), forever());
      await spied.branches(location, forever());
      const bad = { url: repository.url, token: new Secret(`${token}-wrong`) };
      const error = await spied.branches(bad, forever()).catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code: "repository_access_denied" });
      return JSON.stringify(lines) + JSON.stringify(error) + String((error as Error).stack);
    });
    const encoded = Buffer.from(`x-access-token:${token}`).toString("base64").slice(0, 30);
    expect(seen).toContain("fetch");
    const { stdout } = await execute("grep", [
      "-rlaE",
      `${token}|${encoded}`,
      bed.options.mirrorsDir,
      bed.options.homeDir,
    ]).catch(() => ({ stdout: "" }));
    expect(stdout).toBe("");
    expect(seen).not.toMatch(new RegExp(`${token}|${encoded}`));
  });

  test("a token does not follow a redirect", async () => {
    const heard: (string | undefined)[] = [];
    const elsewhere = await listen((request, response) => {
      heard.push(request.headers.authorization);
      response.writeHead(404).end();
    });
    const redirecting = await listen((request, response) => {
      response.writeHead(302, { location: `${elsewhere.url}${request.url}` }).end();
    });
    try {
      const attempt = bed.git.branches({ url: `${redirecting.url}/x.git`, token: new Secret("t") }, forever());
      await expect(attempt).rejects.toMatchObject({ code: "repository_unreachable", message: /moved/ });
      expect(heard).toEqual([]);
    } finally {
      await Promise.all([elsewhere.close(), redirecting.close()]);
    }
  });
});

/** Runs with a `git` first in the PATH that writes down its arguments, and returns those and what the work returned. */
async function argumentsSeenDuring(
  directory: string,
  work: (environment: Record<string, string>) => Promise<string>,
): Promise<string> {
  const bin = await mkdtemp(path.join(directory, "bin-"));
  const record = path.join(bin, "arguments");
  const real = (await execute("sh", ["-c", "command -v git"])).stdout.trim();
  await writeFile(path.join(bin, "git"), `#!/bin/sh\nprintf '%s\\n' "$@" >> '${record}'\nexec '${real}' "$@"\n`, {
    mode: 0o755,
  });
  const said = await work({ ...testInheritedEnvironment, PATH: `${bin}:${testInheritedEnvironment.PATH}` });
  return said + (await readFile(record, "utf8"));
}
