import { signInInput } from "@/contracts/account";
import { AppError } from "@/domain/errors";
import { Secret } from "@/domain/secret";
import type { ServiceContext } from "@/server/context";
import { createSession } from "@/server/services/session/create-session";
import { verifyPassword } from "@/server/services/user/verify-password";
import type { SignInLimits } from "./sign-in-limits";

export type SignedIn = { userId: string; sessionId: string };

/** Opens a session for e-mail and password. Throws invalid_credentials, rate_limited. */
export async function signIn(
  context: ServiceContext,
  limits: SignInLimits,
  credentials: unknown,
  from: { address: string | null; userAgent: string | null },
): Promise<SignedIn> {
  const parsed = signInInput.safeParse(credentials);
  if (!parsed.success) throw new AppError("invalid_credentials");
  const { email, password } = parsed.data;
  const attempt = { email, address: from.address };
  await limits.count(attempt);
  const user = await verifyPassword(context, { email, password: new Secret(password) });
  await limits.forgive(attempt);
  const sessionId = await createSession(context, { userId: user.id, ...from });
  return { userId: user.id, sessionId };
}
