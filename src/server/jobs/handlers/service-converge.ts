import { convergeService } from "@/server/services/converge/converge-service";
import type { Handler } from "./handler";

export const serviceConverge: Handler<"service.converge"> = (context, { serviceId }, signal) =>
  convergeService(context, serviceId, signal);
