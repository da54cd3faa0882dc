import { CircleCheck, CircleDashed, CircleMinus, CircleX, LoaderCircle, type LucideIcon } from "lucide-react";
import { cn } from "./cn";
import { type Tone, toneClasses } from "./tone";

const toneIcons: Record<Tone, LucideIcon> = {
  good: CircleCheck,
  bad: CircleX,
  active: LoaderCircle,
  waiting: CircleDashed,
  quiet: CircleMinus,
};

export function ToneIcon({ tone, className }: { tone: Tone; className?: string }) {
  const Icon = toneIcons[tone];
  return (
    <Icon
      aria-hidden
      className={cn(
        "size-4 shrink-0",
        toneClasses[tone].mark,
        tone === "active" && "animate-spin [animation-duration:1.6s] motion-reduce:animate-none",
        className,
      )}
    />
  );
}

/** A state in a shape, a colour and a word. */
export function Status({ tone, label, className }: { tone: Tone; label: string; className?: string }) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap font-medium",
        toneClasses[tone].text,
        className,
      )}
    >
      <ToneIcon tone={tone} />
      {label}
    </span>
  );
}
