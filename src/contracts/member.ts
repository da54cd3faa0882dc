import { z } from "zod";
import { type Role, roles } from "@/domain/permissions";
import { idSchema, pageInput } from "./common";

export const roleSchema = z.enum(roles);

export const listMembersInput = pageInput.extend({ organizationId: idSchema("organization") });
export const memberInput = z.object({ organizationId: idSchema("organization"), userId: idSchema("user") });
export const changeRoleInput = memberInput.extend({ role: roleSchema });

export type ListMembersInput = z.infer<typeof listMembersInput>;
export type MemberInput = z.infer<typeof memberInput>;
export type ChangeRoleInput = z.infer<typeof changeRoleInput>;

export type MemberView = { userId: string; name: string; email: string; role: Role; since: Date };
