import { z } from "zod";
import { idSchema } from "./common";

export const signInInput = z.object({
  email: z.email("Enter an e-mail address.").max(320),
  password: z.string().min(1, "Enter the password.").max(1000),
});

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
