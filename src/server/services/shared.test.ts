import { describe, expect, it } from "vitest";
import type { ServiceContext } from "@/server/context";
import { shared } from "./shared";

const makeContext = () => ({ db: {} }) as ServiceContext; // safe because only the identity of db counts

/** A reading that the test ends, and how often it was begun. */
function makeReading() {
  const begun: { input: string; end: (value: string) => void; fail: (error: Error) => void }[] = [];
  const read = shared(
    (_context: ServiceContext, input: string) =>
      new Promise<string>((end, fail) => {
        begun.push({ input, end, fail });
      }),
  );
  return { begun, read };
}
const settle = () => new Promise(setImmediate);

describe("shared", () => {
  it("reads once for all who ask while it reads, and not before they asked", async () => {
    const { begun, read } = makeReading();
    const context = makeContext();
    const first = read(context, "a");
    const later = [read(context, "a"), read(context, "a"), read(context, "a")];
    expect(begun).toHaveLength(1);
    begun[0]?.end("old");
    expect(await first).toBe("old");
    await settle();
    expect(begun).toHaveLength(2);
    const last = read(context, "a");
    begun[1]?.end("new");
    expect(await Promise.all(later)).toEqual(["new", "new", "new"]);
    await settle();
    begun[2]?.end("newest");
    expect(await last).toBe("newest");
  });

  it("keeps nothing once nobody asks", async () => {
    const { begun, read } = makeReading();
    const context = makeContext();
    for (const value of ["one", "two"]) {
      const asked = read(context, "a");
      begun.at(-1)?.end(value);
      expect(await asked).toBe(value);
      await settle();
    }
    expect(begun).toHaveLength(2);
  });

  it("fails for those who asked for it alone", async () => {
    const { begun, read } = makeReading();
    const context = makeContext();
    const first = read(context, "a");
    const second = read(context, "a");
    begun[0]?.fail(new Error("gone"));
    await expect(first).rejects.toThrow("gone");
    await settle();
    begun[1]?.end("there");
    expect(await second).toBe("there");
  });

  it("shares nothing between inputs, nor between databases", () => {
    const { begun, read } = makeReading();
    const context = makeContext();
    for (const [where, input] of [
      [context, "a"],
      [context, "b"],
      [makeContext(), "a"],
    ] as const)
      read(where, input);
    expect(begun.map(({ input }) => input)).toEqual(["a", "b", "a"]);
  });
});
