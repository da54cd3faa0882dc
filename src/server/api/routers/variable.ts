import { serviceInput, setVariablesInput } from "@/contracts/service";
import { byServiceId } from "@/server/api/scopes";
import { authorized, router } from "@/server/api/trpc";
import { listVariables } from "@/server/services/variable/list-variables";
import { setVariables } from "@/server/services/variable/set-variables";

export const variableRouter = router({
  list: authorized("variable.read", byServiceId)
    .input(serviceInput)
    .query(({ ctx, input }) => listVariables(ctx, input.serviceId)),
  set: authorized("variable.write", byServiceId)
    .input(setVariablesInput)
    .mutation(({ ctx, input }) => setVariables(ctx, input)),
});
