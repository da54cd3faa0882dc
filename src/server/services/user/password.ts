/**
 * Passwords are kept as argon2id (the library's default) with the parameters OWASP recommends (Password Storage Cheat Sheet: 19 MiB, two
 * passes, one lane), in PHC string format, so that parameters can be raised later.
 */
import { hash, verify } from "@node-rs/argon2";
import type { Secret } from "@/domain/secret";

const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: Secret): Promise<string> {
  return hash(password.reveal(), parameters);
}

export function verifyPasswordHash(stored: string, password: Secret): Promise<boolean> {
  return verify(stored, password.reveal());
}
