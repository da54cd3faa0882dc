import { z } from "zod";
import { auditAreas } from "@/domain/audit-actions";
import { idSchema, pageInput } from "./common";

const filter = z.object({
  organizationId: idSchema("organization"),
  area: z.enum(auditAreas).nullish(),
  /** Who did it. */
  userId: idSchema("user").nullish(),
});

export const listAuditInput = filter.extend(pageInput.shape);
export const auditFormats = ["csv", "json"] as const;
export const exportAuditInput = filter.extend({ format: z.enum(auditFormats) });

export type AuditFilter = z.infer<typeof filter>;
export type ListAuditInput = z.infer<typeof listAuditInput>;
export type ExportAuditInput = z.infer<typeof exportAuditInput>;

export type AuditView = {
  id: string;
  at: Date;
  /** `name` and `email` are null for what is no person, or one whose account is gone. */
  actor: {
    type: "user" | "token" | "webhook" | "system";
    id: string | null;
    name: string | null;
    email: string | null;
  };
  action: string;
  /** `name`: as it is called now, null where it is gone; `path`: its page, null where it has none. */
  resource: { type: string; id: string; name: string | null; path: string | null };
  detail: Record<string, unknown>;
  address: string | null;
};
