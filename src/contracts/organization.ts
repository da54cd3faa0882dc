import { z } from "zod";
import { idSchema, nameSchema } from "./common";

export const createOrganizationInput = z.object({ name: nameSchema });
export const renameOrganizationInput = z.object({ organizationId: idSchema("organization"), name: nameSchema });
export const leaveOrganizationInput = z.object({ organizationId: idSchema("organization") });

export type CreateOrganizationInput = z.infer<typeof createOrganizationInput>;
export type RenameOrganizationInput = z.infer<typeof renameOrganizationInput>;
