import { Button } from "./button";

type LoadMoreProps = { label: string; hasMore: boolean; pending: boolean; onLoad: () => void };

export function LoadMore({ label, hasMore, pending, onLoad }: LoadMoreProps) {
  if (!hasMore) return null;
  return (
    <div className="flex justify-center p-3">
      <Button pending={pending} onClick={onLoad}>
        {label}
      </Button>
    </div>
  );
}
