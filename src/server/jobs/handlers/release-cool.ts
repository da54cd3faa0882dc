import { coolReleases } from "@/server/services/release/cool-releases";
import type { Handler } from "./handler";

export const releaseCool: Handler<"release.cool"> = (context, { serviceId }, signal) =>
  coolReleases(context, serviceId, signal);
