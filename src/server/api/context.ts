import type { ServiceContext } from "@/server/context";
import type { Asker } from "@/server/services/access/find-organization-access";

/** What every procedure is handed. Who asks is looked up on demand: a public procedure costs no session check. */
export type ApiContext = ServiceContext & {
  requestId: string;
  /** Aborts, with an AppError (restarting), when this process is asked to end: streams must not hold it up. */
  shutdown: AbortSignal;
  /** The signed-in person, or null. Remembered for the length of the request. */
  findActor(): Promise<Asker | null>;
};
