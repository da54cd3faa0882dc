import type { Metadata } from "next";
import { load, peek } from "@/app/prefetch";
import { InvitationPage } from "@/features/invitation/invitation-page";
import { BrandMark } from "@/ui/brand-mark";
import { HydrationGate } from "@/ui/hydration-gate";
import { ThemeToggle } from "@/ui/theme-toggle";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

type Props = { params: Promise<{ token: string }> };

export default async function Page({ params }: Props) {
  const { token } = await params;
  const invitation = await load(({ trpc, queryClient }) =>
    queryClient.fetchQuery(trpc.invitation.show.queryOptions({ token })),
  );
  const email = await findEmail();
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-12">
      <BrandMark className="size-10" />
      <HydrationGate>
        <InvitationPage token={token} invitation={invitation} email={email} />
        <div className="fixed top-3 right-3">
          <ThemeToggle />
        </div>
      </HydrationGate>
    </main>
  );
}

/** Of who is signed in, or null. */
async function findEmail(): Promise<string | null> {
  const viewer = await peek(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.viewer.get.queryOptions()));
  return viewer?.user.email ?? null;
}
