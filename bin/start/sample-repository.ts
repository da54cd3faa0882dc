/** The sample application as a real Git repository, served over HTTP on loopback: one can clone it and push to it. */
import { existsSync } from "node:fs";
import path from "node:path";
import { ensureRepositoryOf } from "@/server/git/bare-repository";
import { startGitHttpServer } from "@/server/git/http-server";
import type { Instance } from "./prepare-instance";

const name = "hello";
const commit = { message: "Say hello", author: { name: "Helvetia Cloud", email: "hello@helvetia.example" } };

export type SampleRepository = { url: string; close: () => Promise<void> };

/**
 * Serves the repository, which the first run makes. `null` where there is none: it was deleted, and stays so.
 * Rejects with EADDRINUSE where its port was taken by somebody in the meantime.
 */
export async function serveSample(instance: Instance, options: { make: boolean }): Promise<SampleRepository | null> {
  const { root, config, settings } = instance;
  const { inheritedEnvironment } = config;
  const directory = path.join(config.dataDir, "sample");
  const repository = path.join(directory, `${name}.git`);
  if (options.make) {
    const source = path.join(root, "e2e/samples", name);
    await ensureRepositoryOf(source, repository, { ...commit, at: new Date() }, inheritedEnvironment);
  }
  if (!existsSync(repository)) return null;
  const server = await startGitHttpServer({ directory, port: settings.samplePort, push: true, inheritedEnvironment });
  return { url: server.urlOf(name), close: server.close };
}
