import type { Metadata } from "next";
import { Hydrated, load } from "@/app/prefetch";
import { AccountSettings } from "@/features/account/account-settings";

export const metadata: Metadata = { title: "Account settings" };

export default async function Page() {
  await load(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.viewer.sessions.queryOptions()));
  return (
    <Hydrated>
      <AccountSettings />
    </Hydrated>
  );
}
