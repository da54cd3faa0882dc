import { and, eq, gte, inArray, lt } from "drizzle-orm";
import { bucketStart, type TrafficBucket } from "@/domain/traffic/bucket";
import type { Db } from "@/server/db/client";
import { trafficSamples } from "@/server/db/schema";
import { backendNames, type SwitchRow } from "./switch-row";

/** What was copied of a switch's releases from its beginning until `until`. */
export async function readBuckets(db: Db, row: SwitchRow, until: Date): Promise<TrafficBucket[]> {
  const { serviceId, countedBy, ...columns } = trafficSamples;
  return db
    .select({
      backend: columns.backend,
      startsAt: columns.startsAt,
      requests: columns.requests,
      failed: columns.failed,
      unanswered: columns.unanswered,
      abandoned: columns.abandoned,
      latency: columns.latency,
    })
    .from(trafficSamples)
    .where(
      and(
        eq(serviceId, row.serviceId),
        inArray(columns.backend, backendNames(row)),
        gte(columns.startsAt, bucketStart(row.countFrom)),
        lt(columns.startsAt, until),
      ),
    );
}
