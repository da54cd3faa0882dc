import type { Config } from "@/server/config";

/** Where people open the application: "http://web-shop.localhost:8080". */
export function serviceUrl(config: Pick<Config, "apps">, platformHost: string): string {
  return `${config.apps.scheme}://${platformHost}${config.apps.portSuffix}`;
}
