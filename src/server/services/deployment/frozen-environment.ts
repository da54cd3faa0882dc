import type { EnvironmentVariable } from "@/domain/plan/types";
import type { Cipher } from "@/server/crypto";

/** The environment as a deployment's row keeps it. */
export function freezeEnvironment(cipher: Cipher, environment: EnvironmentVariable[]): string {
  return cipher.encrypt(JSON.stringify(environment));
}

export function thawEnvironment(cipher: Cipher, frozen: string): EnvironmentVariable[] {
  return JSON.parse(cipher.decrypt(frozen).reveal()) as EnvironmentVariable[]; // safe because freezeEnvironment alone writes it
}
