/**
 * Encryption at rest: AES-256-GCM with a random nonce for each value, as "v1.<nonce>.<ciphertext+tag>" in base64url.
 * The key is derived from SECRET_KEY for this purpose alone, so that signing sessions uses another one.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { Secret } from "@/domain/secret";

const version = "v1";
const nonceBytes = 12;
const tagBytes = 16;

export type Cipher = { encrypt(text: string): string; decrypt(stored: string): Secret };

/** Keys derived from SECRET_KEY (32 bytes in base64), one for each purpose. Throws where it is missing or too short. */
export function deriveKey(secretKey: Secret | null, purpose: "storage" | "session"): Buffer {
  const bytes = Buffer.from(secretKey?.reveal() ?? "", "base64");
  if (bytes.length < 32) {
    throw new Error("SECRET_KEY must be 32 bytes in base64; make one with `openssl rand -base64 32`");
  }
  return Buffer.from(hkdfSync("sha256", bytes, "", `helvetia/${purpose}`, 32));
}

export function createCipher(secretKey: Secret | null): Cipher {
  const key = deriveKey(secretKey, "storage");
  return {
    encrypt(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return [version, nonce.toString("base64url"), sealed.toString("base64url")].join(".");
    },
    decrypt(stored) {
      const [found, nonce, sealed] = stored.split(".");
      if (found !== version || nonce === undefined || sealed === undefined) throw new Error("not an encrypted value");
      const bytes = Buffer.from(sealed, "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      const text = Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]);
      return new Secret(text.toString("utf8"));
    },
  };
}
