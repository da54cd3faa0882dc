/**
 * One LISTEN connection a process, shared by all who wait for changes. Hints are lost while it is down, so after
 * every reconnect `onResync` runs: whoever keeps state reads the tables again.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Secret } from "@/domain/secret";
import { type ChangeEvent, eventChannel } from "@/server/events";
import type { Logger } from "@/server/log";

type Handler = (event: ChangeEvent) => void;

export type ListenHub = {
  /** Resolves when the first connection listens. Rejects only where the hub was closed before. */
  ready: Promise<void>;
  /** Returns the function that ends the subscription. */
  onEvent(handler: Handler): () => void;
  onResync(handler: () => void): () => void;
  close(): Promise<void>;
};

const firstRetryMs = 100;
const longestRetryMs = 5_000;

export function createListenHub(databaseUrl: Secret, applicationName: string, log: Logger): ListenHub {
  const handlers = new Set<Handler>();
  const resyncs = new Set<() => void>();
  const closing = new AbortController();
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  ready.catch(() => undefined);

  async function listenOnce(onUp: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: databaseUrl.reveal(),
      application_name: applicationName,
      keepAlive: true,
    });
    const lost = new Promise<void>((done) => {
      client.once("error", () => done());
      client.once("end", () => done());
      closing.signal.addEventListener("abort", () => done(), { once: true });
    });
    client.on("notification", (message) => dispatch(message.payload));
    try {
      await client.connect();
      await client.query(`listen ${eventChannel}`);
      onUp();
      await lost;
    } finally {
      client.removeAllListeners("notification");
      await client.end().catch(() => undefined);
    }
  }

  function dispatch(payload: string | undefined): void {
    const event = JSON.parse(payload ?? "null") as ChangeEvent | null; // safe because only notify() writes to the channel
    if (event) for (const handler of [...handlers]) handler(event);
  }

  async function run(): Promise<void> {
    let wasUp = false;
    let retryMs = firstRetryMs;
    while (!closing.signal.aborted) {
      try {
        await listenOnce(() => {
          retryMs = firstRetryMs;
          if (wasUp) for (const resync of [...resyncs]) resync();
          wasUp = true;
          resolve();
        });
      } catch (error) {
        log.warn({ err: error }, "listening for changes failed; trying again");
      }
      await sleep(retryMs, undefined, { signal: closing.signal }).catch(() => undefined);
      retryMs = Math.min(longestRetryMs, retryMs * 2);
    }
    reject(new Error("the listen hub was closed"));
  }
  const running = run();

  return {
    ready,
    onEvent(handler) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    onResync(handler) {
      resyncs.add(handler);
      return () => resyncs.delete(handler);
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}
