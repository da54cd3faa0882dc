import { placeholderReason } from "@/domain/naming";
import type { Records } from "./records";

/** One request on its way into the record: it is counted once, by the first that can be said of how it ended. */
export class CountedRequest {
  readonly #records: Records;
  readonly #startedAt = performance.now();
  #backend: string;
  #said: "nothing" | "answered" | "failed" = "nothing";

  constructor(records: Records, backend: string) {
    this.#records = records;
    this.#backend = backend;
  }

  /** The route has moved while the request looked for somebody to answer it. */
  isFor(backend: string): void {
    this.#backend = backend;
  }

  /** The application began its answer. */
  answered(status: number): void {
    this.#say("answered", status);
  }

  /** No application answered, or not in a way that can be passed on. */
  unanswered(): void {
    this.#say("unanswered");
  }

  /** The client went away; after the answer began that is its own affair. */
  abandoned(): void {
    this.#say("abandoned");
  }

  /** The application's answer broke off. */
  broke(): void {
    if (this.#said === "answered") this.#records.broke(this.#backend);
    else this.unanswered();
    this.#said = "failed";
  }

  #say(outcome: "answered" | "unanswered" | "abandoned", status = 0): void {
    if (this.#said !== "nothing") return;
    this.#said = outcome === "answered" && status < 500 ? "answered" : "failed";
    // To ask a service that its owner stopped is nobody's failure.
    if (placeholderReason(this.#backend) === "stopped") return;
    this.#records.add(this.#backend, outcome, performance.now() - this.#startedAt, status);
  }
}
