import { BrandMark } from "@/ui/brand-mark";

/** The platform runs but cannot reach its database: nothing can be shown, not even who is signed in. */
export function PageUnavailable() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-3 px-4">
      <BrandMark className="size-8" />
      <h1 className="font-semibold text-xl">Helvetia Cloud is not available right now</h1>
      <p className="text-muted">
        The platform cannot reach its database. Your applications keep running. Reload in a moment; if it lasts, tell
        your operator.
      </p>
    </main>
  );
}
