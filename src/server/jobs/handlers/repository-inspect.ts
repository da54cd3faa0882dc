import { inspectRepository } from "@/server/services/inspection/inspect-repository";
import type { Handler } from "./handler";

export const repositoryInspect: Handler<"repository.inspect"> = (context, { inspectionId }, signal) =>
  inspectRepository(context, inspectionId, signal);
