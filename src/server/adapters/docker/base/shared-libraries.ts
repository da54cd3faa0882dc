import { access, realpath } from "node:fs/promises";
import path from "node:path";
import type { RootEntry } from "./root-entry";
import { runProgram } from "./run-program";

/** Parts of the C library that programs load while they run, so that no ELF header names them. */
const loadedLater = ["libresolv.so.2", "librt.so.1", "libutil.so.1", "libanl.so.1"];

/** The loader and libraries a program needs, at the paths where it looks for them. Empty for a static program. */
export async function sharedLibraries(program: string): Promise<RootEntry[]> {
  const needed = parseLdd(await runProgram("ldd", [program]).catch(() => ""));
  const libc = needed.find((library) => path.basename(library).startsWith("libc.so"));
  const extra = libc ? loadedLater.map((name) => path.join(path.dirname(libc), name)) : [];
  const present = await Promise.all(
    extra.map((library) =>
      access(library).then(
        () => [library],
        () => [],
      ),
    ),
  );
  const all = [...new Set([...needed, ...present.flat()])];
  return Promise.all(
    all.map(async (library) => ({
      type: "file" as const,
      path: library.slice(1),
      mode: 0o755,
      source: await realpath(library),
    })),
  );
}

/** `libm.so.6 => /lib/libm.so.6 (0x7f)` and `/lib64/ld-linux-x86-64.so.2 (0x7f)`; the kernel's vdso has no file. */
export function parseLdd(output: string): string[] {
  return output.split("\n").flatMap((line) => {
    const [, file] = /(?:=>\s*)?(\/\S+)\s+\(0x/.exec(line) ?? [];
    return file === undefined ? [] : [file];
  });
}
