import { realpath } from "node:fs/promises";
import { bundleEnvironment, bundlePath } from "./certificates";
import { MissingPart } from "./missing-part";
import type { BaseRoot, RootEntry } from "./root-entry";
import { findProgram, runProgram } from "./run-program";
import { sharedLibraries } from "./shared-libraries";

const directories = [
  "bin",
  "dev",
  "etc",
  "etc/ssl",
  "etc/ssl/certs",
  "home",
  "lib",
  "mnt",
  "opt",
  "proc",
  "run",
  "sbin",
]
  .concat(["srv", "sys", "usr", "usr/bin", "usr/lib", "usr/local", "usr/local/bin", "usr/local/lib", "usr/sbin", "var"])
  .map((path): RootEntry => ({ type: "directory", path, mode: 0o755 }));

/** The users that images of this kind have: `node` is uid 1000 in the official Node.js images. */
const passwd = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
node:x:1000:1000:node:/home/node:/bin/sh
`;
const group = `root:x:0:
daemon:x:1:
tty:x:5:
nogroup:x:65534:
node:x:1000:node
`;

/** A root file system of BusyBox and certificates. Throws MissingPart. */
export async function busyboxRoot(certificates: string): Promise<BaseRoot> {
  const busybox = await findProgram("busybox");
  if (!busybox) throw new MissingPart("BusyBox is not installed", "Install the package busybox-static");
  const [applets, help, libraries] = await Promise.all([
    runProgram(busybox, ["--list-full"]),
    runProgram(busybox, ["--help"]),
    sharedLibraries(busybox),
  ]);
  const links = applets
    .split("\n")
    .filter((path) => path !== "" && path !== "bin/busybox")
    .map((path): RootEntry => ({ type: "link", path, target: "/bin/busybox" }));
  const version = /BusyBox v(\S+)/.exec(help)?.[1] ?? "of unknown version";
  return {
    entries: [
      ...directories,
      { type: "directory", path: "root", mode: 0o700 },
      { type: "directory", path: "home/node", mode: 0o755, owner: 1000 },
      { type: "directory", path: "tmp", mode: 0o1777 },
      { type: "directory", path: "var/tmp", mode: 0o1777 },
      { type: "file", path: "bin/busybox", mode: 0o755, source: await realpath(busybox) },
      ...links,
      ...libraries,
      { type: "text", path: "etc/passwd", mode: 0o644, content: passwd },
      { type: "text", path: "etc/group", mode: 0o644, content: group },
      // Without it the C library asks the name server even for localhost.
      { type: "text", path: "etc/nsswitch.conf", mode: 0o644, content: "hosts: files dns\n" },
      { type: "text", path: bundlePath.slice(1), mode: 0o644, content: certificates },
      { type: "link", path: "etc/ssl/cert.pem", target: bundlePath },
    ],
    contents: `BusyBox ${version}`,
    changes: [
      "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      ...Object.entries(bundleEnvironment).map(([key, value]) => `ENV ${key}=${value}`),
      'CMD ["sh"]',
    ],
  };
}
