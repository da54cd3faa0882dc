import { z } from "zod";
import { apiQueries, type ScaleWorld } from "./api-queries";

/** Calls of one query, one after the other. */
export type QuerySeries = {
  path: string;
  name: string;
  /** Of the n-th call, from 0; `before` is what the one before it answered. */
  input(n: number, before: unknown): unknown;
};

const largestPage = 100;
const pageSchema = z.object({ nextCursor: z.string().nullable() });

/** Every query with everything that is asked of it; of lists also the pages after the first, to the end and from the start again. */
export function querySeries(world: ScaleWorld): QuerySeries[] {
  return Object.entries(apiQueries).flatMap(([path, { asks, isPaged }]) =>
    Object.entries(asks).flatMap(([name, ask]): QuerySeries[] => {
      const first = { path, name, input: (n: number) => ask(world, n) };
      if (!isPaged) return [first];
      const pages = (limit?: number) => (n: number, before: unknown) => ({
        ...{ ...ask(world, 0), limit },
        cursor: n === 0 ? null : pageSchema.parse(before).nextCursor,
      });
      return [
        { ...first, name: `${name}, first page` },
        { path, name: `${name}, next pages`, input: pages() },
        { path, name: `${name}, next pages of ${largestPage}`, input: pages(largestPage) },
      ];
    }),
  );
}
