import { z } from "zod";
import type { Role } from "@/domain/permissions";
import { newPasswordSchema, personNameSchema } from "./account";
import { idSchema, pageInput } from "./common";
import { roleSchema } from "./member";

export const invitationDays = [1, 7, 30] as const;

export const createInvitationInput = z.object({
  organizationId: idSchema("organization"),
  role: roleSchema,
  /** Empty: whoever has the link may accept. */
  email: z.union([z.literal(""), z.email("Enter an e-mail address, or nothing.").max(320)]).default(""),
  days: z.literal(invitationDays).default(7),
});
export const listInvitationsInput = pageInput.extend({ organizationId: idSchema("organization") });
export const revokeInvitationInput = z.object({
  organizationId: idSchema("organization"),
  invitationId: idSchema("invitation"),
});
export const invitationTokenInput = z.object({ token: z.string().min(1).max(100) });
export const joinInput = invitationTokenInput.extend({
  name: personNameSchema,
  email: z.email("Enter an e-mail address.").max(320),
  password: newPasswordSchema,
});

export type CreateInvitationInput = z.infer<typeof createInvitationInput>;
export type ListInvitationsInput = z.infer<typeof listInvitationsInput>;
export type RevokeInvitationInput = z.infer<typeof revokeInvitationInput>;
export type JoinInput = z.infer<typeof joinInput>;

/** One that can still be accepted. */
export type InvitationView = {
  id: string;
  role: Role;
  email: string | null;
  createdAt: Date;
  expiresAt: Date;
  invitedBy: string | null;
};

/** What whoever has the link may know. */
export type OpenInvitationView = { organizationName: string; role: Role; email: string | null };
