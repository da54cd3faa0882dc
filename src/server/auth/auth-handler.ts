import NextAuth from "next-auth";
import { web } from "@/server/web";
import { createAuthOptions } from "./auth-options";
import { isBounded } from "./bounded-body";

type AuthHandler = (request: Request, context: { params: Promise<{ nextauth: string[] }> }) => Promise<Response>;

// Not _log: it would let anybody write into the operator's log.
const actions = new Set(["signin", "callback", "signout", "csrf", "session", "providers", "error"]);

const largestFormBytes = 64 * 1024;

let handler: AuthHandler | null = null;

/** /api/auth/*: built at the first request, because a build of the application has no configuration. */
export const authHandler: AuthHandler = async (request, context) => {
  const [action = ""] = (await context.params).nextauth;
  if (!actions.has(action)) return new Response(null, { status: 404 });
  if (request.method === "POST" && !isBounded(request.headers, largestFormBytes)) {
    return new Response(null, { status: 413 });
  }
  const { context: services, sessions } = web();
  handler ??= NextAuth(createAuthOptions(services, sessions)) as AuthHandler; // safe because NextAuth's own type leaves its route handler untyped
  return handler(request, context);
};
