import { sql } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import { Secret } from "@/domain/secret";
import type { ServiceContext } from "@/server/context";
import { users } from "@/server/db/schema";
import { hashPassword, verifyPasswordHash } from "./password";

/** What is hashed against where there is no such user, so that an answer takes as long for one who is not there. */
let nobody: Promise<string> | null = null;

/** Who signs in. Throws invalid_credentials, the same for a wrong password as for an unknown address. */
export async function verifyPassword(
  { db }: Pick<ServiceContext, "db">,
  input: { email: string; password: Secret },
): Promise<{ id: string; email: string; name: string }> {
  const [user] = await db.select().from(users).where(sql`lower(${users.email}) = lower(${input.email})`);
  nobody ??= hashPassword(new Secret("nobody's password"));
  const stored = user?.passwordHash ?? (await nobody);
  const matches = await verifyPasswordHash(stored, input.password);
  if (!user?.passwordHash || !matches) throw new AppError("invalid_credentials");
  return { id: user.id, email: user.email, name: user.name };
}
