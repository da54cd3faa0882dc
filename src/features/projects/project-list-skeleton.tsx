import { Card } from "@/ui/card";
import { Loading, Skeleton } from "@/ui/skeleton";

export function ProjectListSkeleton() {
  return (
    <Loading label="Loading projects">
      <Card>
        {[0, 1, 2].map((row) => (
          <div key={row} className="flex items-center gap-4 border-b px-4 py-4 last:border-b-0">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="ml-auto h-4 w-24" />
          </div>
        ))}
      </Card>
    </Loading>
  );
}
