/** A signed-in client of the dashboard's API, as a browser is one. */
import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "@/server/api/root";
import { signIn } from "./sign-in";

export type Dashboard = { url: string; cookie: string; api: TRPCClient<AppRouter> };

export async function openDashboard(url: string, owner: { email: string; password: string }): Promise<Dashboard> {
  const session = await signIn(url, owner);
  if (session === null) throw new Error("the owner's credentials were refused");
  const { cookie } = session;
  const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/api/trpc`, headers: { cookie } })] });
  return { url, cookie, api };
}
