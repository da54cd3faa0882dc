/** Signs in as a browser does: next-auth's CSRF token, the form, the cookie; then asks the API who that is. */
import { z } from "zod";

const csrfSchema = z.object({ csrfToken: z.string() });
const viewerSchema = z.object({ result: z.object({ data: z.object({ user: z.object({ email: z.string() }) }) }) });

/** The e-mail address that the API answers with, and the session's cookie; `null` where the credentials were refused. */
export async function signIn(
  dashboardUrl: string,
  credentials: { email: string; password: string },
): Promise<{ email: string; cookie: string } | null> {
  const cookies = new Map<string, string>();
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(new URL(path, dashboardUrl), {
      redirect: "manual",
      ...init,
      headers: { ...init.headers, cookie: header() },
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
      cookies.set(name, value);
    }
    return response;
  };
  const { csrfToken } = csrfSchema.parse(await (await ask("/api/auth/csrf")).json());
  const form = new URLSearchParams({ ...credentials, csrfToken, json: "true", callbackUrl: dashboardUrl });
  const answer = await ask("/api/auth/callback/credentials", { method: "POST", body: form });
  await answer.arrayBuffer();
  const viewer = await ask("/api/trpc/viewer.get");
  if (viewer.status === 401) return null;
  const { email } = viewerSchema.parse(await viewer.json()).result.data.user;
  return { email, cookie: header() };
}
