/** A browser without a screen: keeps cookies, signs in by next-auth's form, asks the API, follows event streams. */

export type SseEvent = { event: string; data: unknown; id: string | null };

export class WebClient {
  readonly #base: string;
  readonly #cookies = new Map<string, string>();
  /** Set-Cookie lines as they came, for what a test wants to know of their attributes. */
  readonly setCookies: string[] = [];

  constructor(base: string) {
    this.#base = base;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("cookie", [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(this.#base + path, { redirect: "manual", ...init, headers });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    this.setCookies.push(line);
    const [pair = ""] = line.split(";");
    const separator = pair.indexOf("=");
    const [name, value] = [pair.slice(0, separator), pair.slice(separator + 1)];
    if (value === "" || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  /** Posts next-auth's form; null where it worked, else the code of what went wrong. */
  async signIn(email: string, password: string, callbackUrl = "/"): Promise<{ error: string | null; url: URL }> {
    const url = await this.#post("/api/auth/callback/credentials", { email, password, callbackUrl });
    return { error: url.searchParams.get("error"), url };
  }

  async signOut(): Promise<void> {
    await this.#post("/api/auth/signout", {});
  }

  async #post(path: string, fields: Record<string, string>): Promise<URL> {
    const csrf: { csrfToken: string } = await (await this.fetch("/api/auth/csrf")).json();
    const body = new URLSearchParams({ ...fields, ...csrf, json: "true" });
    const response: { url: string } = await (await this.fetch(path, { method: "POST", body })).json();
    return new URL(response.url);
  }

  async query(path: string, input?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await this.fetch(queryPath(path, input));
    return { status: response.status, body: await response.json() };
  }

  async mutate(path: string, input: unknown, headers: Record<string, string> = {}) {
    const response = await this.fetch(`/api/trpc/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(input),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  }

  /** Events of a subscription as they come; ends when the server ends it. */
  async *subscribe(path: string, input: unknown, options: { signal: AbortSignal; lastEventId?: string }) {
    const headers = new Headers(options.lastEventId === undefined ? [] : [["last-event-id", options.lastEventId]]);
    const response = await this.fetch(queryPath(path, input), { headers, signal: options.signal });
    if (!response.body) return;
    let text = "";
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) if (block.trim() !== "") yield parseEvent(block);
    }
  }
}

function queryPath(path: string, input: unknown): string {
  return `/api/trpc/${path}${input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`}`;
}

function parseEvent(block: string): SseEvent {
  const fields = new Map(
    block
      .trim()
      .split("\n")
      .map((line): [string, string] => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const data = fields.get("data");
  return {
    event: fields.get("event") ?? "message",
    data: data ? JSON.parse(data) : null,
    id: fields.get("id") ?? null,
  };
}
