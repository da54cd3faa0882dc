import { constants } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Header, type Pack, pack } from "tar-stream";
import type { ContextFile } from "@/domain/plan/types";
import type { IgnoreRules } from "./dockerignore";
import { type ContextEntry, listContext } from "./list-context";

type EntryHeader = Partial<Header> & Pick<Header, "name">;

/** Laid-over files get one date for ever, so that equal builds send equal bytes. */
const overlayDate = new Date(0);

/**
 * The build context as a tar stream, read while it is sent. `files` are laid over what is in `root`: they replace
 * files, and also links and files that stand where they need a directory.
 */
export function packContext(root: string, files: ContextFile[], rules: IgnoreRules): Readable {
  const archive = pack();
  writeAll(archive, root, files, rules).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return Readable.from(archive, { objectMode: false });
}

async function writeAll(archive: Pack, root: string, files: ContextFile[], rules: IgnoreRules): Promise<void> {
  const overlay = new Map(files.map((file) => [file.path, file]));
  const parents = new Set(files.flatMap((file) => parentsOf(file.path)));
  for await (const entry of listContext(root, rules)) {
    const replaced = overlay.has(entry.path) || (entry.type !== "directory" && parents.has(entry.path));
    if (!replaced) await writeEntry(archive, root, entry);
  }
  for (const [name, { content, mode = 0o644 }] of [...overlay].sort()) {
    await writeText(archive, { name, mode, mtime: overlayDate }, content);
  }
}

async function writeEntry(archive: Pack, root: string, entry: ContextEntry): Promise<void> {
  const { path: name, modifiedAt: mtime } = entry;
  if (entry.type === "directory") return writeHeader(archive, { name, type: "directory", mode: 0o755, mtime });
  if (entry.type === "symlink") return writeHeader(archive, { name, type: "symlink", linkname: entry.target, mtime });
  // O_NOFOLLOW: what was a file when it was listed must not have become a link since.
  const file = await open(path.join(root, name), constants.O_RDONLY | constants.O_NOFOLLOW);
  const sink = archive.entry({ name, mode: entry.mode, mtime, size: entry.sizeBytes });
  await pipeline(file.createReadStream(), sink as unknown as Writable); // safe because streamx's Writable keeps node's contract
}

function writeHeader(archive: Pack, header: EntryHeader): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry(header, (error) => (error ? reject(error) : resolve()));
  });
}

function writeText(archive: Pack, header: EntryHeader, content: string): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry(header, content, (error) => (error ? reject(error) : resolve()));
  });
}

/** "a/b/c" -> ["a", "a/b"] */
function parentsOf(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join("/"));
}
