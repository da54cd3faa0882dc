import { Card } from "@/ui/card";
import { Loading, Skeleton } from "@/ui/skeleton";

export function ServiceListSkeleton() {
  return (
    <Loading label="Loading services">
      <Card>
        {[0, 1, 2].map((row) => (
          <div key={row} className="flex items-center gap-6 border-b px-4 py-4 last:border-b-0">
            <div className="flex flex-col gap-2">
              <Skeleton className="h-4 w-36" />
              <Skeleton className="h-3 w-52" />
            </div>
            <Skeleton className="ml-auto h-4 w-20" />
          </div>
        ))}
      </Card>
    </Loading>
  );
}
