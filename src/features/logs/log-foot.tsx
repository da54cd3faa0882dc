import type { LogBuffer } from "./log-buffer";

export function LogFoot({ buffer, paused, shown }: { buffer: LogBuffer; paused: boolean; shown: number }) {
  const count = shown === 1 ? "1 line" : `${shown.toLocaleString("en")} lines`;
  if (!buffer.loaded) return <span>Loading</span>;
  return (
    <>
      {buffer.complete ? (
        <span>Complete</span>
      ) : paused ? (
        <span className="text-waiting">Paused. New lines are kept and appear when you resume.</span>
      ) : (
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-1.5 rounded-full bg-good-mark" />
          Live
        </span>
      )}
      <span className="tabular ml-auto">{count}</span>
    </>
  );
}
