import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInForm } from "@/features/session/sign-in-form";
import { safeDestination } from "@/features/session/sign-in-path";
import { getActor } from "@/server/auth/get-actor";
import { BrandMark } from "@/ui/brand-mark";
import { HydrationGate } from "@/ui/hydration-gate";
import { ThemeToggle } from "@/ui/theme-toggle";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const { next } = await searchParams;
  const destination = safeDestination(typeof next === "string" ? next : null);
  if (await getActor(new Headers(await headers()))) redirect(destination);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-8 px-4 py-12">
      <div className="flex flex-col gap-5">
        <BrandMark className="size-10" />
        <div className="flex flex-col gap-1">
          <h1 className="font-semibold text-2xl tracking-tight">Sign in</h1>
          <p className="text-base text-muted">to Helvetia Cloud</p>
        </div>
      </div>
      <HydrationGate>
        <SignInForm destination={destination} />
        <div className="fixed top-3 right-3">
          <ThemeToggle />
        </div>
      </HydrationGate>
    </main>
  );
}
