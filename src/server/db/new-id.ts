import { randomBytes } from "node:crypto";
import { formatId, type IdKind, idBytes } from "@/domain/ids";

export function newId(kind: IdKind): string {
  return formatId(kind, randomBytes(idBytes));
}
