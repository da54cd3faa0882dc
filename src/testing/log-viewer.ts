/** Follows a log over HTTP as a browser does, and checks it line by line, keeping none: logs are long. */
import { z } from "zod";
import type { StoredLogLine } from "@/domain/log-line";
import type { WebClient } from "./web-client";

const batchSchema = z.object({
  firstOffset: z.number(),
  lines: z.array(z.object({ t: z.number(), s: z.enum(["stdout", "stderr", "system"]), x: z.string() })),
  complete: z.boolean(),
});

export type LogViewer = {
  /** Resolves once the log is complete, or `isEnough` says so; rejects where an offset is missed or comes twice. */
  done: Promise<void>;
  /** The offset after the last line seen. */
  reached(): number;
  connections(): number;
};

/**
 * From the log's first line on. `reconnectAt`: offsets at which it drops its connection and comes back with the last id
 * it has, as a browser whose network fails.
 */
export function viewLog(
  client: WebClient,
  input: { deploymentId: string; kind: "build" | "runtime" },
  onLine: (line: StoredLogLine) => void,
  options: { reconnectAt?: number[]; isEnough?: () => boolean } = {},
): LogViewer {
  const reconnectAt = [...(options.reconnectAt ?? [])];
  let next = 0;
  let connections = 0;
  let isOver = false;

  async function connect(): Promise<void> {
    connections += 1;
    const signal = new AbortController().signal;
    const resume = next > 0 && { lastEventId: String(next) };
    const events = client.subscribe("log.follow", { ...input, lastEventId: "0" }, { signal, ...resume });
    for await (const { event, data } of events) {
      if (event !== "message") continue;
      take(batchSchema.parse(data));
      if (isOver || (reconnectAt[0] !== undefined && next >= reconnectAt[0])) {
        reconnectAt.shift();
        return; // Ends the iteration, and so the connection.
      }
    }
  }

  function take({ firstOffset, lines, complete }: z.infer<typeof batchSchema>): void {
    if (firstOffset !== next) throw new Error(`offset ${next} should come, not ${firstOffset}`);
    next += lines.length;
    for (const line of lines) onLine(line);
    isOver = complete || (options.isEnough?.() ?? false);
  }

  async function follow(): Promise<void> {
    while (!isOver) await connect();
  }
  return { done: follow(), reached: () => next, connections: () => connections };
}
