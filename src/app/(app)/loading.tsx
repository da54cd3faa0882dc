import { Loading, Skeleton } from "@/ui/skeleton";

export default function LoadingPage() {
  return (
    <Loading label="Loading the page" className="flex flex-col gap-6">
      <Skeleton className="h-8 w-56" />
      <Skeleton className="h-48 w-full" />
    </Loading>
  );
}
