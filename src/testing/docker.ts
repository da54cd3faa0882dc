/**
 * The real Docker Engine for a test file: everything it makes carries labels of its own, by which `tearDown` removes
 * it and nothing else. `describeWithDocker` skips, and says so, where no Engine's socket is.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import pino from "pino";
import { describe } from "vitest";
import { bridgeName, label } from "@/domain/naming";
import type { NetworkSpec } from "@/domain/plan/types";
import { createDockerEngine, type DockerEngineOptions } from "@/server/adapters/docker/docker-engine";
import type { Engine } from "@/server/ports";
import { removeLabelled } from "./remove-labelled";

const host = process.env.DOCKER_HOST ?? null;
const reachable = host !== null || existsSync("/var/run/docker.sock");

export const describeWithDocker: typeof describe.skip = reachable
  ? describe
  : (((name: string, ...rest: unknown[]) => {
      process.stderr.write(`skipped, no Docker Engine: ${name}\n`);
      return (describe.skip as (...all: unknown[]) => void)(name, ...rest);
    }) as typeof describe.skip); // safe because it forwards to describe.skip with the same arguments

export type TestEngine = {
  engine: Engine;
  /** Begins the names of what the test makes. */
  prefix: string;
  labels: Record<string, string>;
  /** A network whose /26 other tests do not use, short of a one in 16,384 chance. */
  network: NetworkSpec;
  tearDown(): Promise<void>;
};

export function createTestEngine(options: Partial<DockerEngineOptions> = {}): TestEngine {
  const prefix = `helvetia-test-${randomBytes(4).toString("hex")}`;
  const labels = { [label.managed]: "true", [label.instance]: prefix };
  const engine = createDockerEngine({
    host,
    addressing: "auto",
    imageMirror: null,
    extraCaCerts: process.env.NODE_EXTRA_CA_CERTS ?? null,
    instanceId: prefix,
    log: pino({ level: "silent" }),
    ...options,
  });
  const tearDown = async () => {
    await engine.close();
    await removeLabelled(engine, labels);
  };
  const [second = 0, third = 0, fourth = 0] = randomBytes(3);
  const subnet = `10.${220 + (second % 16)}.${third}.${fourth & 192}/26`;
  const network = { name: prefix, subnet, bridge: bridgeName(prefix, "env_test"), labels };
  return { engine, prefix, labels, network, tearDown };
}
