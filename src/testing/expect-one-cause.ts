import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { ErrorCode } from "@/domain/errors";
import { phases } from "@/server/db/schema";
import type { RealWorld } from "./real-world";

export type ExpectedCause = {
  code: ErrorCode;
  blame: "input" | "application" | "platform";
  message: string | RegExp;
  details?: Record<string, unknown>;
};

/**
 * The deployment failed, and says why once: the row, the phase it failed in and the end of its log agree, there is
 * something to do about it, and nothing of it is left.
 */
export async function expectOneCause(world: RealWorld, deploymentId: string, expected: ExpectedCause): Promise<void> {
  const { message, details, ...rest } = expected;
  const row = await world.row(deploymentId);
  expect(row).toMatchObject({
    status: "failed",
    finishedAt: expect.any(Date),
    error: {
      ...rest,
      message: typeof message === "string" ? message : expect.stringMatching(message),
      fix: expect.stringMatching(/^[A-Z].{10,}\.$/),
      ...(details && { details: expect.objectContaining(details) }),
    },
  });
  const timeline = await world.db.select().from(phases).where(eq(phases.deploymentId, deploymentId));
  expect(timeline.filter((phase) => phase.error !== null).map((phase) => phase.error)).toEqual([row?.error]);
  expect(timeline.filter((phase) => phase.finishedAt === null)).toEqual([]);
  const failures = (await world.buildLog(deploymentId)).split("\n").filter((line) => line.startsWith("Failed: "));
  expect(failures).toEqual([`Failed: ${row?.error?.message} ${row?.error?.fix}`]);
  await expect.poll(() => world.containers(), { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => world.checkouts(), { timeout: 20_000 }).toEqual([]);
}
