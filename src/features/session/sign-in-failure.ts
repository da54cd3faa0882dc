import { errorCatalogue } from "@/domain/errors";

export type SignInFailure = { message: string; fix: string };

const failures: Record<string, SignInFailure> = {
  invalid_credentials: errorCatalogue.invalid_credentials,
  rate_limited: {
    message: "Too many attempts to sign in.",
    fix: "Wait some minutes, then try again. The password may be right, but it is not looked at meanwhile.",
  },
  unreachable: { message: "The platform does not answer.", fix: "Check your connection, then try again." },
};

/** Says what went wrong for a code that the sign-in answered with; codes it does not know are a fault of ours. */
export function describeSignInFailure(code: string): SignInFailure {
  return (
    failures[code] ?? {
      message: "Signing in failed on our side.",
      fix: "Try again; if it happens again, tell your operator.",
    }
  );
}
