import { z } from "zod";
import { idSchema, nameSchema } from "./common";

export const signInInput = z.object({
  email: z.email("Enter an e-mail address.").max(320),
  password: z.string().min(1, "Enter the password.").max(1000),
});

export const personNameSchema = nameSchema;

/** Length alone, as NIST SP 800-63B section 3.1.1.2 asks: rules about signs make passwords worse. */
export const newPasswordSchema = z
  .string()
  .min(12, "At least 12 characters: a few words are easier to keep than signs.")
  .max(1000, "At most 1000 characters.");

export const changePasswordInput = z.object({
  currentPassword: z.string().min(1, "Enter your current password.").max(1000),
  newPassword: newPasswordSchema,
});

export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

export const revokeSessionInput = z.object({ sessionId: idSchema("session") });

export type SignInInput = z.infer<typeof signInInput>;

export type SessionView = {
  id: string;
  current: boolean;
  createdAt: Date;
  lastSeenAt: Date;
  address: string | null;
  userAgent: string | null;
};
