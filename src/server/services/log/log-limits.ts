/**
 * Holds what was written to its limits. A writer looks after so many bytes that looking costs nothing beside writing
 * them; until then a service may be above its limit by that much. What grows slowly is trimmed by the clock.
 */
import type { WorkerContext } from "@/server/context";
import { enqueue } from "@/server/jobs/enqueue";
import { trimServiceLogs } from "./trim-service-logs";

const serviceLookBytes = 4_000_000;
const totalLookBytes = 64_000_000;

export type LimitsContext = Pick<WorkerContext, "db" | "config" | "log">;

export class LogLimits {
  readonly #context: LimitsContext;
  readonly #serviceId: string;
  #sinceService = 0;
  #sinceTotal = 0;

  constructor(context: LimitsContext, serviceId: string) {
    this.#context = context;
    this.#serviceId = serviceId;
  }

  /** After every chunk. Never rejects: what could not be trimmed now is trimmed later. */
  async written(bytes: number): Promise<void> {
    this.#sinceService += bytes;
    this.#sinceTotal += bytes;
    if (this.#sinceService >= serviceLookBytes) await this.#look();
    if (this.#sinceTotal < totalLookBytes) return;
    this.#sinceTotal = 0;
    await this.#quietly(enqueue(this.#context.db, "logs.trim", {}));
  }

  async #look(): Promise<void> {
    this.#sinceService = 0;
    const { db, config } = this.#context;
    await this.#quietly(trimServiceLogs(db, this.#serviceId, config.logs.serviceBytes));
  }

  async #quietly(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => {
      this.#context.log.warn({ err: error, serviceId: this.#serviceId }, "old log lines could not be removed");
    });
  }
}
