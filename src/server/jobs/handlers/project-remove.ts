import { removeProject } from "@/server/services/project/remove-project";
import type { Handler } from "./handler";

export const projectRemove: Handler<"project.remove"> = (context, { projectId }) => removeProject(context, projectId);
