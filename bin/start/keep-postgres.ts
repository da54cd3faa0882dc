import { setTimeout as sleep } from "node:timers/promises";
import { type PostgresServer, startPostgres, stopPostgres } from "./postgres-server";
import { processStart } from "./process-table";
import { restartDelay } from "./restart-delay";

const lookEveryMs = 1000;

/** Runs the embedded PostgreSQL and starts it again where it ends by itself. It may be an adopted one, so it is looked at, not waited for. */
export async function keepPostgres(
  directory: string,
  say: (text: string) => void,
): Promise<PostgresServer & { stop: () => Promise<void> }> {
  const stopping = new AbortController();
  const first = await startPostgres({ directory });
  let current: PostgresServer = first;

  async function look(): Promise<void> {
    let state = { endsInARow: 0 };
    let startedAt = performance.now();
    let start = processStart(current.pid);
    while (await sleep(lookEveryMs, true, { signal: stopping.signal }).catch(() => false)) {
      if (processStart(current.pid) === start) continue;
      const next = restartDelay(state, performance.now() - startedAt);
      state = next.state;
      say(`PostgreSQL ended; starting it again${next.delayMs === 0 ? "" : ` in ${next.delayMs / 1000} s`}.`);
      await sleep(next.delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      startedAt = performance.now();
      current = await startPostgres({ directory }).catch((error: Error) => {
        say(error.message);
        return current;
      });
      start = processStart(current.pid);
    }
  }

  const looking = look();
  return {
    ...first,
    async stop() {
      stopping.abort();
      await looking;
      await stopPostgres(current.pid);
    },
  };
}
