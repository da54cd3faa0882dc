/** The host a request is for, as routes name it: lower-case, without port, brackets kept, without the root's dot. "" where there is none. */
export function hostName(header: string | undefined): string {
  if (header === undefined) return "";
  const host = header.startsWith("[") ? header.slice(0, header.indexOf("]") + 1) : (header.split(":", 1)[0] ?? "");
  return (host.endsWith(".") ? host.slice(0, -1) : host).toLowerCase();
}

/** The port that the Host header names, or null. */
export function hostPort(header: string | undefined): string | null {
  return /:(\d{1,5})$/.exec(header ?? "")?.[1] ?? null;
}
