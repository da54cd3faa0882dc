import type { AuditArea } from "@/domain/audit-actions";
import type { useTRPC } from "@/features/api/trpc";

/** What the address of the page says. */
export type AuditChoice = { area: AuditArea | null };

/** One definition for the page that fetches ahead and the component that reads. */
export function auditQuery(trpc: ReturnType<typeof useTRPC>, organizationId: string, choice: AuditChoice) {
  return trpc.audit.list.infiniteQueryOptions(
    { organizationId, ...choice, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor },
  );
}
