/** Prefixed ids: `dep_` and 20 characters of Crockford base32, which are lower-case, DNS-safe and hold 100 bits. */

export const idPrefixes = {
  user: "usr",
  session: "ses",
  organization: "org",
  invitation: "inv",
  project: "prj",
  environment: "env",
  service: "svc",
  variable: "var",
  deployment: "dep",
  inspection: "ins",
  audit: "aud",
  serviceEvent: "evt",
  cleanup: "cln",
  stray: "sty",
} as const;

export type IdKind = keyof typeof idPrefixes;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const length = 20;

/** Formats `length` random bytes (0..255 each) as an id; randomness is the caller's. */
export function formatId(kind: IdKind, randomBytes: Uint8Array): string {
  if (randomBytes.length < length) throw new RangeError(`an id needs ${length} random bytes`);
  let text = "";
  for (const byte of randomBytes.subarray(0, length)) text += alphabet[byte & 31];
  return `${idPrefixes[kind]}_${text}`;
}

export const idBytes = length;

/** The pattern of one kind of id, for zod schemas. */
export function idPattern(kind: IdKind): RegExp {
  return new RegExp(`^${idPrefixes[kind]}_[${alphabet}]{${length}}$`);
}
