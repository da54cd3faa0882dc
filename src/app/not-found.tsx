import { NotFound } from "@/features/shell/not-found";

export default function Page() {
  return (
    <main className="flex min-h-dvh items-center justify-center px-4">
      <NotFound />
    </main>
  );
}
