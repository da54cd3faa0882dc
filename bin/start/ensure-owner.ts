import { Secret } from "@/domain/secret";
import type { ServiceContext } from "@/server/context";
import { createOwner } from "@/server/services/instance/create-owner";
import { createPendingOwner, findPendingOwner } from "./pending-owner";

export type OwnerAccount = {
  organizationId: string;
  email: string;
  /** The generated password; null where OWNER_PASSWORD gave it. */
  password: string | null;
  /** To be called once the password was printed and the sample is there. */
  finish: () => void;
};

/** Makes the owner's account on the first run. `null` on every later one: there is nothing to print. */
export async function ensureOwner(context: ServiceContext): Promise<OwnerAccount | null> {
  const { owner, dataDir } = context.config;
  const interrupted = findPendingOwner(dataDir);
  const pending = interrupted ?? createPendingOwner(dataDir);
  const password = owner.password ?? new Secret(pending.password);
  const { created, organizationId } = await createOwner(context, { email: owner.email, password });
  if (!created && !interrupted) {
    pending.forget();
    return null;
  }
  return {
    organizationId,
    email: owner.email,
    password: owner.password ? null : pending.password,
    finish: pending.forget,
  };
}
