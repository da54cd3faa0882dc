import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGitBed, type GitBed } from "@/testing/git-bed";

const execute = promisify(execFile);
const forever = () => new AbortController().signal;

describe("hostile input", () => {
  let bed: GitBed;
  let url: string;
  let sha: string;
  beforeAll(async () => {
    bed = await createGitBed();
    const repository = await bed.server.createRepository("target");
    sha = await repository.commit({ "dir/a": "1" });
    url = repository.url;
    await bed.fetch(url);
  });
  afterAll(() => bed.close());

  const untouched = async () => expect(await readdir(bed.directory)).not.toContain("pwned");

  test.each([
    "--upload-pack=touch pwned",
    "-u",
    "ext::sh -c touch% pwned",
    "fd::17",
    "x::https://example.com/a",
    "http://127.0.0.1:1/;touch pwned",
    "https://user:password@example.com/x",
    "https://example.com/x?y=z",
    "ssh://-oProxyCommand=touch/x",
    "ssh://host/-oProxyCommand=x",
    "-oProxyCommand=touch:x",
    "git@-oProxyCommand=x:y",
    "git@host:-x",
    "git://example.com/x",
    "ftp://example.com/x",
    "javascript:alert(1)",
    "../../etc",
    "relative/path",
    "/etc",
    "https://example.com/a\nb",
    "https://example.com/a\0b",
    "",
  ])("address %j is refused before git sees it", async (address) => {
    await expect(bed.fetch(address)).rejects.toMatchObject({ code: "repository_not_allowed" });
    await untouched();
  });

  test.each([
    "--upload-pack=touch pwned",
    "-x",
    "main:refs/heads/other",
    "*",
    "main^{tree}",
    "a..b",
    "@{-1}",
    "a\nb",
    "a\0b",
    "../../HEAD",
    "/main",
    "main.lock",
    "",
  ])("branch %j is not found", async (branch) => {
    await expect(bed.fetch(url, { branch })).rejects.toMatchObject({ code: "branch_not_found" });
  });

  test.each(["; touch pwned", "$(touch pwned)", "`touch pwned`", "main;touch$IFS'pwned'"])(
    "branch %j reaches no shell",
    async (branch) => {
      await expect(bed.fetch(url, { branch })).rejects.toMatchObject({ code: "branch_not_found" });
      await untouched();
    },
  );

  test.each(["--all", "main", "HEAD", "^{commit}", "", "0".repeat(39), "0".repeat(40)])(
    "commit %j is not found",
    async (id) => {
      const location = { url, token: null };
      await expect(bed.fetch(url, { branch: "main", sha: id })).rejects.toMatchObject({ code: "commit_not_found" });
      await expect(bed.git.treeHash(location, id, "")).rejects.toMatchObject({ code: "commit_not_found" });
      await expect(bed.git.log(location, null, id, 1)).rejects.toMatchObject({ code: "commit_not_found" });
    },
  );

  test.each(["..", "dir/../..", "/etc", "--help", "dir/a", "d*", ":(top)dir", "dir\0", "absent"])(
    "bed.directory %j is not found",
    async (name) => {
      const attempt = bed.git.treeHash({ url, token: null }, sha, name);
      await expect(attempt).rejects.toMatchObject({ code: "root_directory_not_found" });
    },
  );

  test("a tree that holds a .git of its own is refused", async () => {
    const repository = await bed.server.createRepository("dot-git");
    const bad = await treeWithDotGit(repository.path);
    const target = await mkdtemp(path.join(bed.directory, "checkout-"));
    await expect(
      bed.git.checkout({ url: repository.url, token: null }, bad, "", target, forever()),
    ).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await readdir(target)).toEqual([]);
  });

  test("a target's hooks, filters and attributes run nothing", async () => {
    const repository = await bed.server.createRepository("filters");
    const content = "* filter=evil diff=evil export-ignore\n";
    const commit = await repository.commit({ ".gitattributes": content, "a.txt": "kept" });
    await bed.fetch(repository.url);
    expect(await readFile(path.join(await bed.checkout(repository.url, commit), "a.txt"), "utf8")).toBe("kept");
  });
});

/** A commit whose tree has an entry ".git", which no honest git writes. */
async function treeWithDotGit(repository: string): Promise<string> {
  const run = async (args: string[], input: Uint8Array | string) => {
    const running = execute("git", ["--git-dir", repository, ...args]);
    running.child.stdin?.on("error", () => {}).end(input);
    return (await running).stdout.trim();
  };
  const blob = await run(["hash-object", "-w", "--stdin"], "evil");
  const inner = await run(["mktree"], `100755 blob ${blob}\thook\n`);
  const entry = Buffer.concat([Buffer.from("40000 .git\0"), Buffer.from(inner, "hex")]);
  const tree = await run(["hash-object", "-w", "-t", "tree", "--stdin", "--literally"], entry);
  const person = "A <a@example.com> 0 +0000";
  const text = `tree ${tree}\nauthor ${person}\ncommitter ${person}\n\nevil\n`;
  const commit = await run(["hash-object", "-w", "-t", "commit", "--stdin"], text);
  await run(["update-ref", "refs/heads/main", commit], "");
  return commit;
}
