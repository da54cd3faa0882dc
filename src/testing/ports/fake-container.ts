/** One container of the fake Engine: its state, its log and who waits for either to change. */
import type { EngineHealth } from "@/domain/health/engine-health";
import type { ContainerSpec, Endpoint } from "@/domain/plan/types";
import type { ContainerState, LogLine } from "@/server/ports";

/** What a container does once it is started. */
export type FakeProgram = {
  prints?: { stream: "stdout" | "stderr"; text: string }[];
  /** What the Engine finds by the image's HEALTHCHECK, where it is told to run it. Absent: it passes at once. */
  health?: EngineHealth;
  /** Ends right after printing; absent: it runs until somebody stops it. */
  ends?: { exitCode: number; outOfMemory?: boolean };
};

export class FakeContainer {
  readonly spec: ContainerSpec;
  readonly lines: LogLine[] = [];
  state: ContainerState;
  #waiting: (() => void)[] = [];

  constructor(spec: ContainerSpec, containerId: string) {
    this.spec = spec;
    this.state = {
      name: spec.name,
      containerId,
      labels: { ...spec.labels },
      status: "created",
      exitCode: null,
      outOfMemory: false,
      restartCount: 0,
      supervised: false,
      startedAt: null,
      finishedAt: null,
      endpoint: null,
      health: null,
    };
  }

  get runs(): boolean {
    return this.state.status === "running";
  }

  print(line: LogLine): void {
    this.lines.push(line);
    this.#wake();
  }

  start(at: Date, endpoint: Endpoint, health: EngineHealth | null): void {
    const fresh = { exitCode: null, outOfMemory: false, finishedAt: null };
    this.#change({ status: "running", startedAt: at, endpoint, health, ...fresh });
  }

  report(health: EngineHealth): void {
    this.#change({ health });
  }

  /** Stopped by somebody: it stays down. */
  stop(at: Date, exitCode: number): void {
    this.#change({ status: "exited", exitCode, finishedAt: at, endpoint: null, health: null });
  }

  supervise(): void {
    this.#change({ supervised: true });
  }

  /** Ended by itself: where it is supervised it is about to be started again. */
  end(at: Date, end: { exitCode: number; outOfMemory?: boolean }): void {
    const { supervised, restartCount } = this.state;
    this.#change({
      status: supervised ? "restarting" : "exited",
      exitCode: end.exitCode,
      outOfMemory: end.outOfMemory ?? false,
      restartCount: supervised ? restartCount + 1 : restartCount,
      finishedAt: at,
      endpoint: null,
      health: null,
    });
  }

  /** Resolves at the next line or change of state, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }

  #change(change: Partial<ContainerState>): void {
    this.state = { ...this.state, ...change };
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}
