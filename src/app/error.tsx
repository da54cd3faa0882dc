"use client";

import { PageError } from "@/features/shell/page-error";

export default function ErrorPage(props: { error: unknown; retry: () => void }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-2xl flex-col justify-center px-4">
      <PageError {...props} />
    </main>
  );
}
