/** What every section is given: a running instance, a signed-in client, a Git remote, and a project to work in. */

import type { Dashboard } from "@/testing/dashboard";
import type { TestGitServer } from "@/testing/git-server";
import type { TestInstance } from "@/testing/instance";
import type { Measurement } from "./measurement";

export type Bench = {
  instance: TestInstance;
  dashboard: Dashboard;
  git: TestGitServer;
  /** Where applications answer. */
  router: { host: string; port: number };
  project: { id: string; organizationId: string; environmentId: string };
  /** Says what is being measured now. */
  say(text: string): void;
};

export type Section = {
  name: string;
  /** Throws where it could not measure. */
  run(bench: Bench): Promise<Omit<Measurement, "section">[]>;
};
