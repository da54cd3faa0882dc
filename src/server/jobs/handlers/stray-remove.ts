import { removeStray } from "@/server/services/stray/remove-stray";
import type { Handler } from "./handler";

export const strayRemove: Handler<"stray.remove"> = (context, { strayId }) => removeStray(context, strayId);
