import { z } from "zod";

/** What `npm start` writes to run/ready.json in the data directory once everything answers; it holds no secret. */
export const startReportSchema = z.object({
  dashboardUrl: z.url(),
  routerUrl: z.url(),
  /** Of the first run alone. */
  applicationUrl: z.url().nullable(),
  repositoryUrl: z.url().nullable(),
  readyMs: z.number(),
  steps: z.array(z.object({ label: z.string(), detail: z.string(), durationMs: z.number() })),
});

export type StartReport = z.infer<typeof startReportSchema>;
