const unreachable = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENOTFOUND"]);

/** Which of the port's reasons an error of a socket is. `deadline` is the signal that ends the attempt. */
export function failureOf(error: unknown, deadline: AbortSignal): "refused" | "timeout" | "reset" {
  if (deadline.aborted) return "timeout";
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ETIMEDOUT") return "timeout";
  return typeof code === "string" && unreachable.has(code) ? "refused" : "reset";
}
