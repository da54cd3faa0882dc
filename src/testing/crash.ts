/**
 * The crash harness: a life is one run of a worker that dies right after its nth side effect, be it on a port or in the
 * database. From then on nothing it does has any effect, as after a kill -9: no error is recorded, no lease is given
 * back. Then the world is recovered by another worker, and must look as if nobody had died.
 */
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Db } from "@/server/db/client";
import * as schema from "@/server/db/schema";

export class Death extends Error {
  override readonly name = "Death";
}

/** The moment of death: after so many side effects, or after one in particular (its name, and which of that name). */
export type Moment = { effects: number } | { name: string; occurrence: number };

export class Life {
  /** Every side effect so far, by name. */
  readonly effects: string[] = [];
  readonly #end: Moment | null;
  #isOver = false;

  /** `end` null: it does not die. */
  constructor(end: Moment | null) {
    this.#end = end;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  check(): void {
    if (this.isOver) throw new Death("the worker is dead");
  }

  /** Does something that changes the world; the last time it has its effect, but nobody learns of it. */
  async change<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.check();
    const result = await work();
    // What was under way at the moment of death has its effect too; nobody counts it any more.
    this.check();
    this.effects.push(name);
    this.#isOver = this.#isEnd(name);
    this.check();
    return result;
  }

  #isEnd(name: string): boolean {
    if (!this.#end) return false;
    if ("effects" in this.#end) return this.effects.length >= this.#end.effects;
    return name === this.#end.name && this.#count(name) === this.#end.occurrence;
  }

  #count(name: string): number {
    return this.effects.filter((one) => one === name).length;
  }
}

/** A port whose `changing` methods are side effects of that life; the others are refused once it is over. */
export function mortalPort<P extends object>(name: string, port: P, changing: readonly (keyof P)[], life: Life): P {
  return new Proxy(port, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        life.check();
        const call = () => Reflect.apply(member, target, args);
        return changing.includes(key as keyof P) ? life.change(`${name}.${String(key)}`, call) : call(); // safe because only listed names count
      };
    },
  });
}

const writes = /^\s*(insert|update|delete|with)\b|pg_notify|add_job|force_unlock/i;

/** A database client of its own, whose writes are side effects of that life: single statements, and whole transactions. */
export function mortalDb(url: string, life: Life): Db {
  const pool = new pg.Pool({ connectionString: url, max: 10, application_name: "mortal" });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const { connect, query } = pool;
  const nameOf = (text: string) => `db: ${text.trim().replace(/\s+/g, " ").slice(0, 60)}`;

  // safe because the driver's overloads with callbacks are the pool's own affair and are passed on untouched
  pool.query = ((...args: unknown[]) => {
    const text = textOf(args[0]);
    const call = () => Reflect.apply(query, pool, args);
    life.check();
    return writes.test(text) ? life.change(nameOf(text), call) : call();
  }) as typeof pool.query;
  pool.connect = ((...args: unknown[]) => {
    if (args.length > 0) return Reflect.apply(connect, pool, args);
    life.check();
    return Reflect.apply(connect, pool, []).then((client: pg.PoolClient) => mortalClient(client, life, nameOf));
  }) as typeof pool.connect;
  return drizzle({ client: pool, schema });
}

/** Only a commit has an effect; a transaction that is open at the moment of death is rolled back by the server. */
function mortalClient(client: pg.PoolClient, life: Life, nameOf: (text: string) => string): pg.PoolClient {
  const written: string[] = [];
  return new Proxy(client, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== "function") return member;
      if (key !== "query") return member.bind(target);
      return (...args: unknown[]) => {
        const text = textOf(args[0]);
        const call = () => Reflect.apply(member, target, args);
        if (/^rollback/i.test(text)) return call();
        life.check();
        if (writes.test(text)) written.push(nameOf(text));
        if (!/^commit/i.test(text)) return call();
        const name = `transaction of ${written.length}, ${written[0] ?? "nothing"}`;
        written.length = 0;
        return life.change(name, call);
      };
    },
  });
}

function textOf(query: unknown): string {
  if (typeof query === "string") return query;
  return typeof query === "object" && query !== null && "text" in query ? String(query.text) : "";
}

/** Log lines are written by the clock: how many writes there are differs from run to run. */
const byTheClock = /"log_sources"/;

/**
 * Plays a scenario once with a worker that lives, and then again for each of its side effects with one that dies right
 * after that. `play` makes a fresh world each time, lets the worker live, and checks how it ends. Returns how many deaths
 * there were; rejects where a side effect of the first run was never reached again, or where there were too few.
 */
export async function dieAtEverySideEffect(play: (life: Life) => Promise<void>, atLeast: number): Promise<number> {
  const first = new Life(null);
  await play(first);
  let deaths = 0;
  for (const moment of momentsOf(first)) {
    const life = new Life(moment);
    try {
      await play(life);
    } catch (error) {
      throw new Error(`died after ${moment.name}, number ${moment.occurrence}`, { cause: error });
    }
    if (life.isOver) deaths += 1;
    else if (!byTheClock.test(moment.name)) throw new Error(`never came to ${moment.name}, ${moment.occurrence}`);
  }
  if (deaths < atLeast) throw new Error(`only ${deaths} deaths, where at least ${atLeast} were expected`);
  return deaths;
}

function momentsOf(life: Life): { name: string; occurrence: number }[] {
  const counts = new Map<string, number>();
  return life.effects.map((name) => {
    const occurrence = (counts.get(name) ?? 0) + 1;
    counts.set(name, occurrence);
    return { name, occurrence };
  });
}
