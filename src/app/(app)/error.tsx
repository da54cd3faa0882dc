"use client";

import { PageError } from "@/features/shell/page-error";

export default function ErrorPage(props: { error: unknown; retry: () => void }) {
  return <PageError {...props} />;
}
