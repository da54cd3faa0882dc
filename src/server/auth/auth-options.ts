/**
 * next-auth does the ceremony: form posts, CSRF token, cookie. The cookie holds an encrypted token that names a row of
 * ours, and the row decides. What went wrong reaches the sign-in page as the code of an AppError.
 */
import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { isAppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";
import { endSession } from "@/server/services/session/end-session";
import { sessionLifetimeMs } from "@/server/services/session/session-lifetime";
import type { SessionReader } from "@/server/services/session/session-reader";
import { clientAddress } from "./client-address";
import { isSecure, sessionCookie } from "./session-cookie";
import { readClaims, sessionSecret } from "./session-token";
import { signIn } from "./sign-in";
import { createSignInLimits } from "./sign-in-limits";

declare module "next-auth" {
  interface User {
    sessionId: string;
  }
}

const signInPage = "/sign-in";

export function createAuthOptions(context: ServiceContext, sessions: SessionReader): AuthOptions {
  const { config, db, log } = context;
  const limits = createSignInLimits(db);
  return {
    secret: sessionSecret(config),
    session: { strategy: "jwt", maxAge: sessionLifetimeMs / 1000 },
    useSecureCookies: isSecure(config),
    cookies: { sessionToken: sessionCookie(config) },
    pages: { signIn: signInPage, signOut: signInPage, error: signInPage },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        async authorize(credentials, request) {
          const headers = new Headers(request.headers);
          const from = {
            address: clientAddress(headers.get("x-forwarded-for")),
            userAgent: headers.get("user-agent"),
          };
          try {
            const { userId, sessionId } = await signIn(context, limits, credentials, from);
            return { id: userId, sessionId };
          } catch (error) {
            if (!isAppError(error)) log.error({ err: error }, "signing in failed");
            throw new Error(isAppError(error) ? error.code : "unexpected");
          }
        },
      }),
    ],
    callbacks: {
      redirect: ({ url, baseUrl }) => ownAddress(url, baseUrl),
      // At sign-in `user` is what authorize returned; later calls carry a token whose row may be gone by now.
      async jwt({ token, user }) {
        if (user) return { sub: user.id, sessionId: user.sessionId };
        const claims = readClaims(token);
        const session = claims && (await sessions.find(claims.sessionId));
        if (!session || session.userId !== claims.sub) throw new Error("session is over");
        return token;
      },
      // The browser asks viewer.get for who is signed in.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        const claims = readClaims(token);
        if (claims) await endSession(context, { userId: claims.sub, sessionId: claims.sessionId });
      },
    },
    logger: {
      error: (code, metadata) => log.warn({ code, err: metadata }, "next-auth reports an error"),
      warn: (code) => log.warn({ code }, "next-auth warns"),
      debug: () => undefined,
    },
  };
}

/** `url` where it leads to this site, else its front page. */
export function ownAddress(url: string, baseUrl: string): string {
  if (!URL.canParse(url, baseUrl)) return baseUrl;
  const target = new URL(url, baseUrl);
  return target.origin === new URL(baseUrl).origin ? target.href : baseUrl;
}
