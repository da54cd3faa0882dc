/** What every Prober must do. A subject puts up endpoints that behave as asked, for real or in pretence. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OutsideCheck } from "@/domain/health/health-settings";
import type { Endpoint } from "@/domain/plan/types";
import type { Prober } from "@/server/ports";

/** How an endpoint behaves; `answers` maps paths to what is answered there. */
export type ProbedBehaviour =
  | { kind: "closed" }
  | { kind: "silent" }
  | { kind: "cuts" }
  | { kind: "answers"; status: number; body: string; onlyForHost?: string };

export type ProberContractSubject = {
  prober: Prober;
  serve(behaviour: ProbedBehaviour): Promise<Endpoint>;
  tearDown(): Promise<void>;
};

const timeoutMs = 400;

export function proberContract(name: string, setUp: () => Promise<ProberContractSubject>): void {
  describe(`${name}: Prober contract`, () => {
    let subject: ProberContractSubject;
    beforeAll(async () => {
      subject = await setUp();
    });
    afterAll(() => subject.tearDown());

    const at = (path: string, statusFrom = 200, statusTo = 399) => ({
      type: "http" as const,
      path,
      statusFrom,
      statusTo,
    });
    const openPort = { type: "tcp" as const };
    const probe = async (behaviour: ProbedBehaviour, check: OutsideCheck, hostName?: string) => {
      const endpoint = await subject.serve(behaviour);
      return subject.prober.probe(endpoint, check, timeoutMs, new AbortController().signal, hostName);
    };

    test.each([200, 204, 302, 399])("status %i is healthy", async (status) => {
      expect(await probe({ kind: "answers", status, body: "" }, at("/health"))).toEqual({ ok: true });
    });

    test.each([
      [204, 200, 299, true],
      [302, 200, 299, false],
      [401, 401, 401, true],
      [200, 401, 401, false],
    ])("status %i where %i to %i are wanted: %s", async (status, from, to, healthy) => {
      const result = await probe({ kind: "answers", status, body: "" }, at("/health", from, to));
      expect(result).toMatchObject(healthy ? { ok: true } : { ok: false, reason: "status", status });
    });

    test.each([400, 404, 500, 503])("status %i is not, and the answer's start is told", async (status) => {
      const result = await probe({ kind: "answers", status, body: "x".repeat(5000) }, at("/"));
      expect(result).toMatchObject({
        ok: false,
        reason: "status",
        status,
        body: expect.stringMatching(/^x{100,2000}$/),
      });
    });

    test("the host name is sent", async () => {
      const picky = { kind: "answers", status: 200, body: "", onlyForHost: "shop.example" } as const;
      expect(await probe(picky, at("/"), "shop.example")).toEqual({ ok: true });
      expect(await probe(picky, at("/"))).toMatchObject({ ok: false, reason: "status", status: 403 });
    });

    test("a closed port is refused, one that says nothing times out, one that cuts is a reset", async () => {
      expect(await probe({ kind: "closed" }, at("/"))).toEqual({ ok: false, reason: "refused" });
      expect(await probe({ kind: "silent" }, at("/"))).toEqual({ ok: false, reason: "timeout" });
      expect(await probe({ kind: "cuts" }, at("/"))).toEqual({ ok: false, reason: "reset" });
    });

    test("without a path an open port is enough, a closed one is not", async () => {
      expect(await probe({ kind: "silent" }, openPort)).toEqual({ ok: true });
      expect(await probe({ kind: "closed" }, openPort)).toEqual({ ok: false, reason: "refused" });
    });

    test("an aborted signal rejects with its reason", async () => {
      const endpoint = await subject.serve({ kind: "silent" });
      const reason = new Error("no longer wanted");
      await expect(subject.prober.probe(endpoint, at("/"), timeoutMs, AbortSignal.abort(reason))).rejects.toBe(reason);
    });
  });
}
