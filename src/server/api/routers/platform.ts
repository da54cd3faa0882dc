import { router, signedIn } from "@/server/api/trpc";
import { getPlatform } from "@/server/services/platform/get-platform";
import { watchPlatform } from "@/server/services/platform/watch-platform";

export const platformRouter = router({
  get: signedIn.query(({ ctx }) => getPlatform(ctx)),
  watch: signedIn.subscription(({ ctx }) => watchPlatform(ctx, ctx.signal)),
});
