import { readFile } from "node:fs/promises";
import { AppError } from "@/domain/errors";

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

/** The machine's certificate authorities and, after them, those of the extra PEM file. Throws base_image_unavailable where that cannot be read. */
export async function certificateBundle(extraFile: string | null): Promise<string> {
  const machine = await firstReadable(machineBundles);
  const extra = extraFile === null ? "" : await readExtra(extraFile);
  return machine.includes(extra.trim()) ? machine : `${machine.trimEnd()}\n${extra}`;
}

async function readExtra(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new AppError("base_image_unavailable", {
      message: `The certificates that builds must trust cannot be read: ${file}.`,
      fix: "Set EXTRA_CA_CERTS (or NODE_EXTRA_CA_CERTS) to a PEM file that is there (the operator's job).",
      cause,
    });
  }
}

async function firstReadable(files: string[]): Promise<string> {
  for (const file of files) {
    const text = await readFile(file, "utf8").catch(() => null);
    if (text !== null) return text;
  }
  return "";
}
