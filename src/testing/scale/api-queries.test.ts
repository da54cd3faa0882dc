import type { AnyTRPCProcedure } from "@trpc/server";
import { expect, it } from "vitest";
import { z } from "zod";
import { appRouter } from "@/server/api/root";
import { apiQueries } from "./api-queries";

// tRPC's types nest what its router keeps flat: by full path.
const procedures = appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>; // safe because of the above
const queries = Object.entries(procedures).filter(([, { _def }]) => _def.type === "query");

it("every query of the API is measured in a large database, and nothing else", () => {
  expect(Object.keys(apiQueries).sort()).toEqual(queries.map(([path]) => path).sort());
});

it("the next pages are asked of every list that has some", () => {
  const paged = queries.filter(([, procedure]) => inputsOf(procedure).some((input) => "cursor" in input.shape));
  const asked = Object.entries(apiQueries).filter(([, { isPaged }]) => isPaged);
  expect(asked.map(([path]) => path).sort()).toEqual(paged.map(([path]) => path).sort());
  expect(asked.length).toBeGreaterThan(5);
});

function inputsOf(procedure: AnyTRPCProcedure): z.ZodObject[] {
  const { inputs } = procedure._def as unknown as { inputs: unknown[] }; // safe because tRPC keeps what .input() was given there
  return inputs.filter((input) => input instanceof z.ZodObject);
}
