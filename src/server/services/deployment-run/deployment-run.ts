/**
 * One worker's work on one deployment: look, decide, do one step, write it down, and again. Everything it keeps in
 * memory may be lost: another worker then goes on from the row.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { decide, phaseLimitMs } from "@/domain/deployment/decide";
import type { Decision, Observed, RunningStatus, Sight, Step, StepFailure } from "@/domain/deployment/decision";
import type { BuildSlot } from "@/server/build-slots";
import type { WorkerContext } from "@/server/context";
import type { Lease } from "@/server/services/lease/with-lease";
import { LogWriter } from "@/server/services/log/log-writer";
import { fencedWrite } from "./fenced-write";
import { gather, later } from "./gather";
import { frozenDeployment, type LoadedDeployment, loadDeployment } from "./loaded-deployment";
import { narrate } from "./narrate";
import { observe } from "./observe";
import { orAbandon } from "./or-abandon";
import { performStep } from "./perform-step";
import type { Tallies } from "./probe-replica";
import { asksEngine, isRunning, needsBuildSlot } from "./running-status";
import { toErrorRecord } from "./step-failure";
import { watchCancel } from "./watch-cancel";
import { writeDecision } from "./write-decision";

/** For a step that was told to stop: to end its processes, and to take back what it had half done. */
const abandonAfterMs = 750;

export class DeploymentRun {
  readonly #context: WorkerContext;
  readonly #lease: Lease;
  readonly #id: string;
  readonly #log: LogWriter;
  readonly #secrets: string[];
  readonly #cancel: ReturnType<typeof watchCancel>;
  /** What may end a step early. */
  readonly #interrupted: AbortSignal;
  readonly #takenOverAt: Date;
  /** Since when the Engine answers; what ran may have ended with it. */
  #engineBackAt: Date;
  #engineAway = false;
  #failure: StepFailure | null = null;
  #routeConfirmed = false;
  readonly #tallies: Tallies = new Map();
  readonly #slot: BuildSlot | null;

  /** `slot`: taken for this deployment; it is given back as soon as none is needed any more. */
  constructor(context: WorkerContext, lease: Lease, { row, secrets }: LoadedDeployment, slot: BuildSlot | null) {
    this.#context = context;
    this.#lease = lease;
    this.#id = row.id;
    this.#slot = slot;
    this.#takenOverAt = this.#engineBackAt = context.clock.now();
    const source = { sourceId: row.id, kind: "build" as const, serviceId: row.serviceId };
    this.#log = new LogWriter(context, source, secrets);
    this.#secrets = secrets;
    this.#cancel = watchCancel(context, row.id);
    this.#interrupted = AbortSignal.any([lease.signal, this.#cancel.signal]);
    if (row.status !== "queued") this.#say("The worker was restarted; carrying on.");
  }

  /** "yielded": it waits for a build slot. Throws LeaseLost, the reason of the lease's abort, and what the database throws. */
  async toItsEnd(): Promise<"ended" | "yielded"> {
    for (;;) {
      this.#lease.signal.throwIfAborted();
      const loaded = await loadDeployment(this.#context, this.#id);
      if (!loaded || !isRunning(loaded.row.status)) return "ended";
      if ((await this.#turn(loaded, loaded.row.status)) === "yielded") return "yielded";
    }
  }

  async close(): Promise<void> {
    this.#cancel.stop();
    await this.#log.close(this.#context.clock.now());
  }

  async #turn(loaded: LoadedDeployment, status: RunningStatus): Promise<"again" | "yielded"> {
    const { clock, config } = this.#context;
    const frozen = frozenDeployment(loaded, config);
    if (!needsBuildSlot(status, frozen.keptImage)) this.#slot?.release();
    const known = await gather(this.#context, status, loaded, this.#takenOverAt);
    // One reading for both: what is decided when the time is over has been looked at as such.
    const now = clock.now();
    const isLate = now.getTime() >= known.since.getTime() + phaseLimitMs(frozen, status);
    const sight = await this.#try((signal) => this.#look(loaded, status, isLate, signal));
    if (sight && asksEngine(status)) this.#engineAnswered();
    const startedSince = later(known.startedSince, this.#engineBackAt);
    const observed: Observed = { ...known, startedSince, failure: this.#failure, sight };
    const decision = decide(frozen, status, observed, now);
    if (decision.type === "yield") return "yielded";
    await this.#carryOut(decision, loaded, status, sight);
    return "again";
  }

  #engineAnswered(): void {
    const now = this.#context.clock.now();
    // What fails from now on failed anew.
    if (this.#failure) this.#failure = { ...this.#failure, since: now };
    if (this.#engineAway) this.#engineBackAt = now;
    this.#engineAway = false;
  }

  #look(loaded: LoadedDeployment, status: RunningStatus, isLate: boolean, signal: AbortSignal): Promise<Sight> {
    const memory = {
      hasBuildSlot: this.#slot?.held ?? false,
      routeConfirmed: this.#routeConfirmed,
      tallies: this.#tallies,
    };
    return observe(this.#context, status, loaded, memory, isLate, signal);
  }

  async #carryOut(
    decision: Exclude<Decision, { type: "yield" }>,
    loaded: LoadedDeployment,
    status: RunningStatus,
    sight: Sight | null,
  ): Promise<void> {
    const line = narrate(decision, status, loaded.row);
    if (line !== null) this.#say(line);
    if (decision.type === "do") return this.#do(decision.step, decision.limitMs, loaded);
    if (decision.type === "wait") return this.#wait(decision.ms);
    const isLast = decision.type === "fail" || decision.type === "end" || decision.to === "live";
    // Readers take a finished deployment for a finished log.
    if (isLast) await this.#log.close(this.#context.clock.now());
    await writeDecision(this.#context, this.#lease, decision, loaded.row, sight);
    this.#failure = null;
  }

  async #do(step: Step, limitMs: number, loaded: LoadedDeployment): Promise<void> {
    const { row } = loaded;
    const limit = AbortSignal.timeout(Math.max(1, Math.ceil(limitMs)));
    const done = await this.#try(async (signal) => {
      const onLine = this.#log.write.bind(this.#log);
      return { progress: await performStep(this.#context, this.#lease, step, loaded, onLine, signal) };
    }, limit);
    if (!done) return;
    this.#failure = null;
    if (step === "publish") this.#routeConfirmed = true;
    const fence = { deploymentId: row.id, token: this.#lease.token, expected: row.status };
    if (done.progress) await fencedWrite(this.#context.db, fence, done.progress);
  }

  async #wait(ms: number): Promise<void> {
    // Whatever ends the wait early, the next turn sees it.
    await sleep(ms, undefined, { signal: this.#interrupted }).catch(() => undefined);
  }

  /** Null where it failed, which is remembered, or was interrupted, which the next turn sees for itself. */
  async #try<T>(work: (signal: AbortSignal) => Promise<T>, limit?: AbortSignal): Promise<T | null> {
    const { log, clock } = this.#context;
    const signal = limit ? AbortSignal.any([this.#interrupted, limit]) : this.#interrupted;
    const begun = clock.now();
    try {
      return await orAbandon(work(signal), signal, abandonAfterMs);
    } catch (error) {
      this.#lease.signal.throwIfAborted();
      if (signal.aborted) return null;
      const attempts = (this.#failure?.attempts ?? 0) + 1;
      const since = this.#failure?.since ?? begun;
      const record = toErrorRecord(error, log, this.#id, this.#secrets);
      this.#engineAway ||= record.code === "engine_unavailable";
      this.#failure = { error: record, attempts, at: clock.now(), since };
      return null;
    }
  }

  #say(text: string): void {
    this.#log.write({ at: this.#context.clock.now(), stream: "system", text });
  }
}
