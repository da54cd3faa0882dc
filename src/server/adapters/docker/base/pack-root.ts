import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Header, type Pack, pack } from "tar-stream";
import type { RootEntry } from "./root-entry";

/** One date for everything, so that equal roots are equal images; zip tools refuse dates before 1980. */
const date = new Date("2000-01-01T00:00:00Z");

/** As a tar stream; where a path is listed twice, the last entry counts. */
export function packRoot(entries: RootEntry[]): Readable {
  const archive = pack();
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  writeAll(archive, [...byPath.values()]).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return Readable.from(archive, { objectMode: false });
}

async function writeAll(archive: Pack, entries: RootEntry[]): Promise<void> {
  for (const entry of entries) {
    const base = { name: entry.path, mtime: date };
    if (entry.type === "link") {
      await write(archive, { ...base, type: "symlink", linkname: entry.target, mode: 0o777 });
    } else if (entry.type === "directory") {
      const owner = entry.owner ?? 0;
      await write(archive, { ...base, type: "directory", mode: entry.mode, uid: owner, gid: owner });
    } else if (entry.type === "text") {
      await write(archive, { ...base, mode: entry.mode }, entry.content);
    } else {
      const sink = archive.entry({ ...base, mode: entry.mode, size: (await stat(entry.source)).size });
      await pipeline(createReadStream(entry.source), sink as unknown as Writable); // safe because streamx keeps node's contract
    }
  }
}

function write(archive: Pack, header: Partial<Header> & Pick<Header, "name">, content = ""): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => (error ? reject(error) : resolve());
    if (header.type === "symlink" || header.type === "directory") archive.entry(header, done);
    else archive.entry(header, content, done);
  });
}
