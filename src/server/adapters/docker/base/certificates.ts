import { readFile } from "node:fs/promises";

/** Where Debian, Alpine and their like keep the bundle, and where programs in images look. */
export const bundlePath = "/etc/ssl/certs/ca-certificates.crt";

/** RHEL's place, for a machine without the first one. */
const machineBundles = [bundlePath, "/etc/pki/tls/certs/ca-bundle.crt"];

/** Programs that bring their own list of authorities, or look elsewhere, are shown the bundle by these. */
export const bundleEnvironment = {
  NODE_EXTRA_CA_CERTS: bundlePath,
  REQUESTS_CA_BUNDLE: bundlePath,
  SSL_CERT_FILE: bundlePath,
};

/** The machine's certificate authorities and, after them, those of the extra PEM file. Throws where that cannot be read. */
export async function certificateBundle(extraFile: string | null): Promise<string> {
  const machine = await firstReadable(machineBundles);
  const extra = extraFile === null ? "" : await readFile(extraFile, "utf8");
  return machine.includes(extra.trim()) ? machine : `${machine.trimEnd()}\n${extra}`;
}

async function firstReadable(files: string[]): Promise<string> {
  for (const file of files) {
    const text = await readFile(file, "utf8").catch(() => null);
    if (text !== null) return text;
  }
  return "";
}
