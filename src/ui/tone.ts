/** What a colour says. It never says it alone: a word and a shape stand beside it. */
export type Tone = "good" | "bad" | "active" | "waiting" | "quiet";

export const toneClasses: Record<Tone, { text: string; mark: string; chip: string; panel: string }> = {
  good: {
    text: "text-good",
    mark: "text-good-mark",
    chip: "bg-good-wash text-good",
    panel: "border-good-mark/35 bg-good-wash",
  },
  bad: {
    text: "text-bad",
    mark: "text-bad-mark",
    chip: "bg-bad-wash text-bad",
    panel: "border-bad-mark/35 bg-bad-wash",
  },
  active: {
    text: "text-active",
    mark: "text-active-mark",
    chip: "bg-active-wash text-active",
    panel: "border-active-mark/35 bg-active-wash",
  },
  waiting: {
    text: "text-waiting",
    mark: "text-waiting-mark",
    chip: "bg-waiting-wash text-waiting",
    panel: "border-waiting-mark/40 bg-waiting-wash",
  },
  quiet: {
    text: "text-quiet",
    mark: "text-quiet-mark",
    chip: "bg-quiet-wash text-quiet",
    panel: "border-border bg-sunken",
  },
};
