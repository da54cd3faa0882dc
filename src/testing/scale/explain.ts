/** What PostgreSQL does for a statement, with the plan that the web process has made once for all values. */
import pg from "pg";
import { z } from "zod";

export type Statement = { query: string; params: unknown[] };

/** One table read by one step of a plan, all its repetitions together. */
export type TableRead = { table: string; how: string; rows: number };

const nodeSchema = z.looseObject({
  "Node Type": z.string(),
  "Relation Name": z.string().optional(),
  "Actual Rows": z.number(),
  "Actual Loops": z.number(),
  "Rows Removed by Filter": z.number().optional(),
  "Rows Removed by Index Recheck": z.number().optional(),
  get Plans() {
    return z.array(nodeSchema).optional();
  },
});
type PlanNode = z.infer<typeof nodeSchema>;
const planSchema = z.tuple([z.object({ Plan: nodeSchema })]);

/** Runs it and tells what it read. Only for what changes nothing. */
export async function explain(client: pg.Client, { query, params }: Statement): Promise<TableRead[]> {
  await client.query("set plan_cache_mode = force_generic_plan");
  await client.query(`prepare explained as ${query}`);
  try {
    const values = params.map(literal).join(", ");
    const { rows } = await client.query<{ "QUERY PLAN": unknown }>(
      `explain (analyze, timing off, format json) execute explained${values && ` (${values})`}`,
    );
    const [{ Plan }] = planSchema.parse(rows[0]?.["QUERY PLAN"]);
    return tableReads(Plan);
  } finally {
    await client.query("deallocate explained");
  }
}

function tableReads(node: PlanNode): TableRead[] {
  const table = node["Relation Name"];
  const perLoop =
    node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  const own = table === undefined ? [] : [{ table, how: node["Node Type"], rows: perLoop * node["Actual Loops"] }];
  return [...own, ...(node.Plans ?? []).flatMap(tableReads)];
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value));
}
