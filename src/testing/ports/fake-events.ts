/** The event stream of the fake Engine: every follower gets what happens from the call on, or from a moment on. */
import type { EngineEvent } from "@/server/ports";

type Follower = { events: EngineEvent[]; failure: Error | null; wake: () => void };
type Happening = Pick<EngineEvent, "action" | "name" | "containerId" | "labels"> &
  Partial<Pick<EngineEvent, "exitCode" | "signal">>;

/** As many as the real one remembers. */
const remembered = 256;

export class FakeEvents {
  readonly #followers = new Set<Follower>();
  readonly #past: EngineEvent[] = [];

  emit(at: Date, happening: Happening): void {
    const event: EngineEvent = { at, type: "container", exitCode: null, signal: null, ...happening };
    this.#past.push(event);
    if (this.#past.length > remembered) this.#past.shift();
    for (const follower of this.#followers) {
      follower.events.push(event);
      follower.wake();
    }
  }

  fail(error: Error): void {
    for (const follower of this.#followers) {
      follower.failure = error;
      follower.wake();
    }
  }

  follow(signal: AbortSignal, since: Date | undefined, enter: () => void): AsyncIterable<EngineEvent> {
    const events = since ? this.#past.filter((event) => event.at >= since) : [];
    const follower: Follower = { events, failure: null, wake: () => {} };
    this.#followers.add(follower);
    signal.addEventListener("abort", () => follower.wake(), { once: true });
    return this.#read(follower, signal, enter);
  }

  async *#read(follower: Follower, signal: AbortSignal, enter: () => void): AsyncGenerator<EngineEvent> {
    try {
      enter();
      while (!signal.aborted) {
        const event = follower.events.shift();
        if (event) {
          yield event;
        } else if (follower.failure) {
          throw follower.failure;
        } else {
          await new Promise<void>((resolve) => {
            follower.wake = resolve;
          });
        }
      }
    } finally {
      this.#followers.delete(follower);
    }
  }
}
