import type Dockerode from "dockerode";
import { label } from "@/domain/naming";
import type { Logger } from "@/server/log";
import { LimitsHelper } from "./limits-helper";
import { cgroupLayout, type Limits } from "./limits-script";
import { orAborted } from "./or-aborted";
import { removeUnstarted } from "./remove-unstarted";
import { reasonOf } from "./translate-error";

/** `release` ends the limiting and never fails. `enforced` false: the build runs without limits. */
export type HeldLimits = { enforced: boolean; release(): void };

export type BuildLimitsTools = {
  docker: Dockerode;
  /** For what is quiet for long. */
  streams: Dockerode;
  log: Logger;
  instanceId: string;
  /** Makes an image with a shell present and says which. */
  ensureImage(signal: AbortSignal): Promise<string>;
};

/** While builds run; the next build begins to count anew. */
const replacedAtMost = 3;

/**
 * Keeps the steps of builds to their limits, by one helper container for all builds of this process. It waits while none
 * runs, and lives as long as its connection, so it also goes when this process dies. One that was lost is replaced: at
 * once where a build runs, else for the next one.
 */
export class BuildLimits {
  readonly #tools: BuildLimitsTools;
  readonly #held = new Set<Limits>();
  readonly #closed = new AbortController();
  #helper: Promise<LimitsHelper> | null = null;
  #replaced = 0;

  constructor(tools: BuildLimitsTools) {
    this.#tools = tools;
  }

  /** Starts the helper, so that the first build need not wait for it. Never rejects: a build tries again, and says so. */
  async prepare(): Promise<void> {
    await this.#present().catch(() => {});
  }

  /**
   * Resolves once this build's steps are kept to these limits; of builds at the same time the lower ones hold for all.
   * Where that cannot be had (no image for the helper, an Engine in a place that does not share its cgroups) the build
   * goes on without, which its log then says. Never rejects; an abort ends the waiting.
   */
  async hold({ memoryMib, cpuMillis }: Limits, signal: AbortSignal): Promise<HeldLimits> {
    const limits = { memoryMib, cpuMillis };
    this.#held.add(limits);
    this.#replaced = 0;
    const release = () => {
      if (this.#held.delete(limits)) this.#helper?.then((helper) => helper.order(this.#lowest())).catch(() => {});
    };
    const enforced = await orAborted(this.#enforce(), signal).catch(() => false);
    return { enforced, release };
  }

  async close(): Promise<void> {
    this.#closed.abort(new Error("the way to the Engine is closed"));
    const helper = await this.#helper?.catch(() => null);
    helper?.end();
  }

  /** Has the helper say that it keeps steps to what is held, since one that is assumed to be there may not be. */
  async #enforce(): Promise<boolean> {
    try {
      await this.#order().catch(() => this.#order());
      return true;
    } catch (error) {
      const reason = reasonOf(error);
      if (!this.#closed.signal.aborted) this.#tools.log.warn({ reason }, "builds run without memory and CPU limits");
      return false;
    }
  }

  async #order(): Promise<void> {
    const present = this.#present();
    const helper = await present;
    try {
      await helper.order(this.#lowest());
    } catch (error) {
      this.#forget(present);
      await helper.remove();
      throw error;
    }
  }

  #lowest(): Limits | null {
    const held = [...this.#held];
    if (held.length === 0) return null;
    const memoryMib = Math.min(...held.map((limits) => limits.memoryMib));
    return { memoryMib, cpuMillis: Math.min(...held.map((limits) => limits.cpuMillis)) };
  }

  #present(): Promise<LimitsHelper> {
    if (this.#helper) return this.#helper;
    const starting = this.#start();
    this.#helper = starting;
    starting.then(
      (helper) => helper.gone.addEventListener("abort", () => this.#lost(starting), { once: true }),
      () => this.#forget(starting),
    );
    return starting;
  }

  async #start(): Promise<LimitsHelper> {
    const { docker, streams, instanceId, ensureImage } = this.#tools;
    this.#closed.signal.throwIfAborted();
    const layout = cgroupLayout(await docker.info());
    if (!layout) throw new Error("this Engine's cgroup layout is not known");
    const labels = { [label.limits]: instanceId };
    const image = await ensureImage(this.#closed.signal);
    const helper = await LimitsHelper.start({ docker, streams }, image, layout, labels);
    removeUnstarted(docker, labels).catch(() => {}); // Left by a process that died; the next start finds it again.
    return helper;
  }

  #forget(helper: Promise<LimitsHelper>): void {
    if (this.#helper === helper) this.#helper = null;
  }

  #lost(helper: Promise<LimitsHelper>): void {
    this.#forget(helper);
    if (this.#closed.signal.aborted || this.#held.size === 0 || this.#replaced >= replacedAtMost) return;
    this.#replaced += 1;
    this.#tools.log.warn("the container that limits builds was lost while one runs; another one is started");
    void this.#enforce();
  }
}
