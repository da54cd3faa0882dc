import {
  createServiceInput,
  deleteServiceInput,
  listOrganizationServicesInput,
  listServicesInput,
  serviceInput,
  updateServiceInput,
} from "@/contracts/service";
import { listServiceHistoryInput } from "@/contracts/service-history";
import { byOrganizationId, byProjectId, byServiceId } from "@/server/api/scopes";
import { authorized, router } from "@/server/api/trpc";
import { createService } from "@/server/services/service/create-service";
import { deleteService } from "@/server/services/service/delete-service";
import { getService } from "@/server/services/service/get-service";
import { listOrganizationServices } from "@/server/services/service/list-organization-services";
import { listServices } from "@/server/services/service/list-services";
import { restartService } from "@/server/services/service/restart-service";
import { startService } from "@/server/services/service/start-service";
import { stopService } from "@/server/services/service/stop-service";
import { updateService } from "@/server/services/service/update-service";
import { watchService } from "@/server/services/service/watch-service";
import { listServiceHistory } from "@/server/services/service-event/list-service-history";

export const serviceRouter = router({
  list: authorized("service.read", byProjectId)
    .input(listServicesInput)
    .query(({ ctx, input }) => listServices(ctx, input)),
  listByOrganization: authorized("service.read", byOrganizationId)
    .input(listOrganizationServicesInput)
    .query(({ ctx, input }) => listOrganizationServices(ctx, input)),
  get: authorized("service.read", byServiceId)
    .input(serviceInput)
    .query(({ ctx, input }) => getService(ctx, input.serviceId)),
  history: authorized("service.read", byServiceId)
    .input(listServiceHistoryInput)
    .query(({ ctx, input }) => listServiceHistory(ctx, input)),
  create: authorized("service.create", byProjectId)
    .input(createServiceInput)
    .mutation(({ ctx, input }) => createService(ctx, input)),
  update: authorized("service.update", byServiceId)
    .input(updateServiceInput)
    .mutation(({ ctx, input }) => updateService(ctx, input)),
  delete: authorized("service.delete", byServiceId)
    .input(deleteServiceInput)
    .mutation(({ ctx, input }) => deleteService(ctx, input)),
  stop: authorized("service.operate", byServiceId)
    .input(serviceInput)
    .mutation(({ ctx, input }) => stopService(ctx, input.serviceId)),
  start: authorized("service.operate", byServiceId)
    .input(serviceInput)
    .mutation(({ ctx, input }) => startService(ctx, input.serviceId)),
  restart: authorized("service.operate", byServiceId)
    .input(serviceInput)
    .mutation(({ ctx, input }) => restartService(ctx, input.serviceId)),
  watch: authorized("service.read", byServiceId)
    .input(serviceInput)
    .subscription(({ ctx, input }) => watchService(ctx, input.serviceId, ctx.signal)),
});
