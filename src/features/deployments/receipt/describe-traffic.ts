/** The numbers of a receipt in words. Nothing here says "0 failed" of what was not counted. */
import type { Receipt } from "@/features/api/outputs";
import type { Tone } from "@/ui/tone";

export type Switch = NonNullable<Receipt["switch"]>;
export type Traffic = NonNullable<Switch["traffic"]>;
export type Side = Traffic["after"];
export type Quantile = NonNullable<Side["p50"]>;
export type Gap = Traffic["gaps"][number];

const number = new Intl.NumberFormat("en-GB");

export function formatCount(count: number): string {
  return number.format(count);
}

/** What happened, in one line, with the tone that it deserves. */
export function headline({ traffic, settled }: Pick<Switch, "traffic" | "settled">): { tone: Tone; text: string } {
  if (traffic === null) {
    return settled
      ? { tone: "quiet", text: "Not counted: the router in use keeps no records." }
      : { tone: "active", text: "Counting has begun; nothing was read of the router yet." };
  }
  const { after, complete, ongoing, gaps } = traffic;
  const counted = describeFailures(after);
  if (ongoing) return { tone: "active", text: `Still counting. So far: ${lowerFirst(counted)}` };
  if (complete) return { tone: toneOf(traffic), text: counted };
  const part = gaps.length === 1 ? "one part of the time was" : "parts of the time were";
  return { tone: "waiting", text: `Of what was counted: ${lowerFirst(counted)} But ${part} not counted.` };
}

function describeFailures({ requests, failed }: Side): string {
  if (requests === 0) return "Nobody asked for anything after the switch.";
  if (requests === 1) return `The one request after the switch ${failed === 0 ? "did not fail" : "failed"}.`;
  return `${formatCount(failed)} of ${formatCount(requests)} requests failed after the switch.`;
}

function toneOf({ before, after }: Traffic): Tone {
  if (after.requests === 0) return "quiet";
  if (after.failed === 0) return "good";
  return errorRate(after) > (before ? errorRate(before) : 0) ? "bad" : "waiting";
}

function errorRate({ requests, failed }: Side): number {
  return requests === 0 ? 0 : failed / requests;
}

/** "12 (0.4 %): 10 answered with an error, 2 not answered". */
export function describeFailed({ requests, failed, unanswered }: Side): string {
  if (failed === 0) return "0";
  const share = `${formatCount(failed)} (${formatShare(failed / Math.max(requests, 1))})`;
  if (unanswered === null) return share;
  const parts = [
    failed > unanswered ? `${formatCount(failed - unanswered)} answered with an error` : null,
    unanswered > 0 ? `${formatCount(unanswered)} not answered` : null,
  ];
  return `${share}: ${parts.filter((part) => part !== null).join(", ")}`;
}

function formatShare(share: number): string {
  const percent = Math.min(100, share * 100);
  return percent < 0.1 ? "< 0.1 %" : `${Number(percent.toFixed(1))} %`;
}

/** A latency: the middle of its bin, or the bin where that is wide. */
export function formatQuantile(quantile: Quantile | null): string {
  if (quantile === null) return "–";
  const { ms, fromMs, toMs } = quantile;
  if (fromMs === 0) return `< ${formatMs(toMs)}`;
  return toMs / fromMs > 1.2 ? `${formatMs(fromMs)} to ${formatMs(toMs)}` : formatMs(ms);
}

function formatMs(ms: number): string {
  return ms < 1000 ? `${Number(ms.toPrecision(3))} ms` : `${Number((ms / 1000).toPrecision(3))} s`;
}

export const gapReasons: Record<Gap["why"], string> = {
  router_restarted: "the router was started again",
  router_unreachable: "the router did not answer",
  not_kept: "the router no longer had its records when they were read",
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
