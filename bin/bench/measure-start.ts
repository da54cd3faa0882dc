/** A start of an installed, built instance: from the command to the first page that answers. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Section } from "./bench";
import { median } from "./measurement";

const starts = 3;

export const measureStart: Section = {
  name: "start",
  async run({ instance, say }) {
    const times: number[] = [];
    let ready = 0;
    for (let index = 0; index < starts; index += 1) {
      say(`start ${index + 1} of ${starts}`);
      await instance.stop();
      const startedAt = performance.now();
      const page = untilPage(instance.report.dashboardUrl).then(() => performance.now() - startedAt);
      const report = await instance.startAgain();
      const build = report.steps.find(({ label }) => label === "Build");
      if (build?.detail !== "up to date") throw new Error("the sources changed meanwhile: this start built them");
      const postgres = report.steps.find(({ label }) => label === "PostgreSQL")?.durationMs ?? 0;
      times.push((await page) - postgres);
      ready = Math.max(ready, report.readyMs);
    }
    return [
      {
        name: "to the first page, beyond PostgreSQL's own",
        value: median(times),
        unit: "ms",
        target: { atMost: 5_000 },
        detail: `median of ${starts}; everything ready within ${Math.round(ready)} ms`,
        samples: times,
      },
    ];
  },
};

async function untilPage(dashboardUrl: string): Promise<void> {
  for (;;) {
    const answered = await fetch(new URL("/sign-in", dashboardUrl)).then(
      async (response) => response.ok && (await response.text()).includes("<html"),
      () => false,
    );
    if (answered) return;
    await sleep(20);
  }
}
