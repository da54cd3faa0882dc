/** Writes commits into a bare repository without a work tree, by one `git fast-import`. */
import { execFile } from "node:child_process";
import { isolatedEnvironment } from "./isolated-environment";

export type GitFile = {
  /** A symbolic link's target, where the mode is 120000; a commit's id, where it is 160000 (a submodule). */
  content: string | Uint8Array;
  mode: "100644" | "100755" | "120000" | "160000";
};

export type CommitRequest = {
  branch: string;
  message: string;
  /** null removes the file. */
  files: ReadonlyMap<string, GitFile | null>;
  /** Whether files of the commit before that are not named here stay. */
  keepOthers: boolean;
  /** The branch or commit it starts from; null: a first commit. */
  from: string | null;
  author: { name: string; email: string };
  at: Date;
};

/** Returns the new commit's id. Rejects where `from` does not exist. */
export async function commitFiles(
  repository: string,
  request: CommitRequest,
  inheritedEnvironment: Readonly<Record<string, string>>,
): Promise<string> {
  const environment = isolatedEnvironment(inheritedEnvironment, repository, [["safe.directory", "*"]]);
  const output = await new Promise<string>((resolve, reject) => {
    const child = execFile(
      "git",
      ["--git-dir", repository, "fast-import", "--quiet", "--force"],
      { env: environment },
      (error, stdout) => (error ? reject(error) : resolve(stdout)),
    );
    child.stdin?.on("error", () => {});
    child.stdin?.end(importStream(request));
  });
  return output.trim();
}

function importStream({ branch, message, files, keepOthers, from, author, at }: CommitRequest): Buffer {
  const parts: (string | Uint8Array)[] = [];
  const person = `${author.name} <${author.email}> ${Math.floor(at.getTime() / 1000)} +0000`;
  parts.push(`commit refs/heads/${branch}\nmark :1\nauthor ${person}\ncommitter ${person}\n`, ...data(message));
  if (from !== null) parts.push(`from ${/^[0-9a-f]{40}$/.test(from) ? from : `refs/heads/${from}^0`}\n`);
  if (!keepOthers) parts.push("deleteall\n");
  for (const [path, file] of files) {
    if (file === null) parts.push(`D ${quoted(path)}\n`);
    else if (file.mode === "160000") parts.push(`M 160000 ${String(file.content)} ${quoted(path)}\n`);
    else parts.push(`M ${file.mode} inline ${quoted(path)}\n`, ...data(file.content));
  }
  parts.push("\nget-mark :1\n");
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
}

function data(content: string | Uint8Array): (string | Uint8Array)[] {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return [`data ${bytes.length}\n`, bytes, "\n"];
}

function quoted(path: string): string {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
