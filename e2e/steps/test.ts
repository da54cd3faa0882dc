/**
 * The test that every journey is written with: signed in as the owner unless it says otherwise, a Git server to push
 * to, and no error in the browser's console. A violation of the content security policy is such an error too.
 */
import { type Browser, test as base, expect } from "playwright/test";
import { slugify } from "@/domain/naming";
import { startTestGitServer, type TestGitServer } from "@/testing/git-server";
import { type Application, createApplication } from "./application";
import { signIn } from "./session";
import { readSystem, type System } from "./system";

type StorageState = Awaited<ReturnType<Awaited<ReturnType<Browser["newContext"]>>["storageState"]>>;

/** Where Chromium is not apart from the machine's network (see chooseChromium), a container's start may break off a request. */
const networkChanged = /net::ERR_NETWORK_CHANGED/;

type Options = {
  /** Whether the browser has the owner's session from the beginning. */
  signedIn: boolean;
  /** Errors of the console that belong to the journey: Chromium writes every answer of 400 or more there. */
  expectedErrors: RegExp[];
};

type Fixtures = Options & { application: Application };

type WorkerFixtures = { system: System; gitServer: TestGitServer; ownerSession: () => Promise<StorageState> };

export const test = base.extend<Fixtures, WorkerFixtures>({
  signedIn: [true, { option: true }],
  expectedErrors: [[], { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from this pattern
  system: [async ({}, use) => use(readSystem()), { scope: "worker" }],

  gitServer: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const server = await startTestGitServer();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],

  ownerSession: [
    async ({ browser, system }, use) => {
      let session: Promise<StorageState> | null = null;
      const open = async () => {
        const context = await browser.newContext({ baseURL: system.report.dashboardUrl });
        await signIn(await context.newPage(), system.owner);
        const state = await context.storageState();
        await context.close();
        return state;
      };
      await use(() => {
        session ??= open();
        return session;
      });
    },
    { scope: "worker" },
  ],

  baseURL: ({ system }, use) => use(system.report.dashboardUrl),
  storageState: async ({ signedIn, ownerSession }, use) => use(signedIn ? await ownerSession() : undefined),

  context: async ({ context, expectedErrors }, use) => {
    const errors: string[] = [];
    context.on("console", (message) => {
      if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => errors.push(String(error.error())));
    await use(context);
    const expected = [...expectedErrors, networkChanged];
    const unexpected = errors.filter((error) => !expected.some((pattern) => pattern.test(error)));
    expect(unexpected, "errors in the browser's console").toEqual([]);
  },

  application: async ({ gitServer }, use, { title }) => {
    await use(await createApplication(gitServer, slugify(title, "application")));
  },
});

export { expect };
