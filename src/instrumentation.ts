/** Next.js calls this once when the server starts: what is misconfigured shows now, and connections stand before the first request. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next.js replaces it at build time, and so leaves Node.js out of its edge bundle
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { web } = await import("@/server/web");
  await web().context.changes.ready;
}
