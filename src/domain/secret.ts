const redacted = "[redacted]";
const inspect = Symbol.for("nodejs.util.inspect.custom");

/** A value that prints as [redacted] everywhere; `reveal()` is the only way to it, so that uses can be searched for. */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect](): string {
    return redacted;
  }
}
