/** The event stream of the fake Engine: every follower gets what happens from the call on. */
import type { EngineEvent } from "@/server/ports";

type Follower = { events: EngineEvent[]; failure: Error | null; wake: () => void };

export class FakeEvents {
  readonly #followers = new Set<Follower>();

  emit(at: Date, action: string, { name, labels }: Pick<EngineEvent, "name" | "labels">): void {
    const event: EngineEvent = { at, type: "container", action, name, labels };
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

  follow(signal: AbortSignal, enter: () => void): AsyncIterable<EngineEvent> {
    const follower: Follower = { events: [], failure: null, wake: () => {} };
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
