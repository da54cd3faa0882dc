/** What the Engine does with a log that is rotated while it is read, and what a reader sees of it. */
import type Dockerode from "dockerode";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";
import { openConnection } from "./connection";
import { followLogs } from "./follow-logs";

const forever = new AbortController().signal;

describeWithDocker("the log of a container that prints much", () => {
  let bed: TestEngine;
  let docker: Dockerode;
  let count = 0;
  beforeAll(() => {
    bed = createTestEngine();
    docker = openConnection(process.env.DOCKER_HOST ?? null);
  });
  afterAll(() => bed.tearDown());

  /** Prints numbered lines of 100 characters as fast as it can, then ends. */
  async function startPrinter(lines: number, maxSize: string): Promise<string> {
    count += 1;
    const name = `${bed.prefix}-${count}`;
    const container = await docker.createContainer({
      name,
      Image: "busybox:1.36",
      Cmd: ["awk", `BEGIN { for (n = 0; n < ${lines}; n++) printf "%-99d|\\n", n }`],
      Labels: bed.labels,
      HostConfig: { LogConfig: { Type: "json-file", Config: { "max-size": maxSize, "max-file": "3" } } },
    });
    await container.start();
    return name;
  }

  test("is read whole and in order though it is rotated meanwhile, and the reader is slow at times", async () => {
    const total = 200_000;
    const name = await startPrinter(total, "14m");
    let next = 0;
    for await (const { text } of followLogs(docker, name, null, forever)) {
      if (!text.startsWith(`${next} `)) throw new Error(`line ${next} should come, not ${text}`);
      next += 1;
      if (next % 40_000 === 0) await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(next).toBe(total);
  });

  test("where the Engine has thrown lines away, the reader is told once, and nothing comes twice", async () => {
    const name = await startPrinter(60_000, "1m");
    let cursor: string | null = null;
    const before: number[] = [];
    for await (const line of followLogs(docker, name, null, forever)) {
      before.push(Number.parseInt(line.text, 10));
      cursor = line.cursor;
      if (before.length === 100) break;
    }
    await docker.getContainer(name).wait();
    const after: { stream: string; number: number }[] = [];
    for await (const { stream, text } of followLogs(docker, name, cursor, forever)) {
      after.push({ stream, number: Number.parseInt(text, 10) });
    }
    expect(after.filter((line) => line.stream === "system")).toHaveLength(1);
    expect(after[0]?.stream).toBe("system");
    const first = after[1]?.number ?? 0;
    expect(first).toBeGreaterThan(before.at(-1) ?? 0);
    const rest = Array.from({ length: 60_000 - first }, (_, index) => first + index);
    expect(after.slice(1).map((line) => line.number)).toEqual(rest);
  });
});
