import {
  listCleanupItemsInput,
  listCleanupsInput,
  listStraysInput,
  storageInput,
  strayInput,
} from "@/contracts/storage";
import { byOperatorId } from "@/server/api/scopes";
import { authorized, router } from "@/server/api/trpc";
import { getStorage } from "@/server/services/storage/get-storage";
import { listCleanupItems } from "@/server/services/storage/list-cleanup-items";
import { listCleanups } from "@/server/services/storage/list-cleanups";
import { startCleanup } from "@/server/services/storage/start-cleanup";
import { watchStorage } from "@/server/services/storage/watch-storage";
import { listStrays } from "@/server/services/stray/list-strays";
import { requestStrayRemoval } from "@/server/services/stray/request-stray-removal";

export const storageRouter = router({
  get: authorized("storage.read", byOperatorId)
    .input(storageInput)
    .query(({ ctx }) => getStorage(ctx)),
  cleanups: authorized("storage.read", byOperatorId)
    .input(listCleanupsInput)
    .query(({ ctx, input }) => listCleanups(ctx, input)),
  cleanupItems: authorized("storage.read", byOperatorId)
    .input(listCleanupItemsInput)
    .query(({ ctx, input }) => listCleanupItems(ctx, input)),
  preview: authorized("storage.read", byOperatorId)
    .input(storageInput)
    .mutation(({ ctx }) => startCleanup(ctx, "preview")),
  clean: authorized("storage.clean", byOperatorId)
    .input(storageInput)
    .mutation(({ ctx }) => startCleanup(ctx, "clean")),
  strays: authorized("storage.read", byOperatorId)
    .input(listStraysInput)
    .query(({ ctx, input }) => listStrays(ctx, input)),
  removeStray: authorized("storage.clean", byOperatorId)
    .input(strayInput)
    .mutation(({ ctx, input }) => requestStrayRemoval(ctx, input.strayId)),
  watch: authorized("storage.read", byOperatorId)
    .input(storageInput)
    .subscription(({ ctx }) => watchStorage(ctx, ctx.signal)),
});
