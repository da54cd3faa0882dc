/** The application as the world outside sees it, by its own host name through the router. */
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, type Page } from "playwright/test";
import { type Load, startLoad } from "@/testing/load";

export type Answer = { status: number; body: string };

/** *.localhost resolves in every browser, but not in every C library: so ask the router's address. */
export function ask(applicationUrl: string, path: string): Promise<Answer> {
  const { host, port } = new URL(applicationUrl);
  return new Promise((resolve, reject) => {
    const sending = request({ host: "127.0.0.1", port, path, headers: { host } }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    sending.once("error", reject).end();
  });
}

export async function readVersion(applicationUrl: string): Promise<string> {
  const { status, body } = await ask(applicationUrl, "/version");
  expect(status).toBe(200);
  return JSON.parse(body).version;
}

/** Address of the application, from the page of its live deployment or of its service. */
export async function readApplicationUrl(page: Page): Promise<string> {
  const link = page.getByRole("link", { name: "Open", exact: true });
  return (await link.getAttribute("href")) ?? "";
}

/** Opens the application in a tab of its own, as a person does. */
export async function openApplication(page: Page): Promise<Page> {
  const opened = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Open", exact: true }).click();
  return opened;
}

/** Requests and uploads on kept and on fresh connections; every answer but one of `versions` is a failure. */
export function keepAsking(applicationUrl: string, versions: string[]): Load {
  const { host, port } = new URL(applicationUrl);
  return startLoad({
    host: "127.0.0.1",
    port: Number(port),
    hostName: host,
    requestsPerSecond: 20,
    path: "/version",
    uploadPath: "/echo",
    check({ method, status, body, sent }) {
      if (status !== 200) return `answered ${status}: ${body.slice(0, 200)}`;
      if (method === "POST") return body === sent ? null : "sent back something else";
      const { version } = JSON.parse(body);
      return versions.includes(version) ? null : `answered as version ${version}`;
    },
  });
}

/** Ends the load, which must have come through whole. */
export async function expectNoFailedRequest(load: Load): Promise<void> {
  const { failures, requests } = await load.stop();
  expect(failures).toEqual({});
  expect(requests).toBeGreaterThan(20);
}
