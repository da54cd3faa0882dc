/** The environment that every process of this instance gets, and the configuration read from it. */
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { type Config, readConfig } from "@/server/config";
import { ensureInstanceSettings, ensureSecretKey, type InstanceSettings } from "./instance-settings";

export type Instance = {
  root: string;
  config: Config;
  warnings: string[];
  environment: NodeJS.ProcessEnv;
  settings: InstanceSettings;
  runDirectory: string;
  logsDirectory: string;
};

/** Settings come from the environment, then from .env beside package.json, then from the data directory. */
export async function prepareInstance(root: string): Promise<Instance> {
  const dotenv = path.join(root, ".env");
  if (existsSync(dotenv)) process.loadEnvFile(dotenv);
  const { dataDir } = readConfig(process.env).config;
  const settings = await ensureInstanceSettings(dataDir);
  const environment: NodeJS.ProcessEnv = {
    INSTANCE_ID: settings.instanceId,
    NETWORK_POOL: settings.networkPool,
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    SECRET_KEY: process.env.SECRET_KEY || ensureSecretKey(dataDir),
    HELVETIA_DATA_DIR: dataDir,
  };
  const runDirectory = path.join(dataDir, "run");
  const logsDirectory = path.join(dataDir, "logs");
  for (const directory of [runDirectory, logsDirectory]) mkdirSync(directory, { recursive: true });
  return { root, ...readConfig(environment), environment, settings, runDirectory, logsDirectory };
}

/** The same instance with settings that were found out on the way: where the database and the Engine are. */
export function withEnvironment(instance: Instance, found: Record<string, string>): Instance {
  const environment = { ...instance.environment, ...found };
  return { ...instance, environment, config: readConfig(environment).config };
}
