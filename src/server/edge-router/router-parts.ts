/** What the parts of the embedded router share. */
import type { Logger } from "@/server/log";
import type { TrustedProxies } from "./forwarded-headers";
import type { Records } from "./records";
import type { RouteTable } from "./route-table";
import type { Upstreams } from "./upstreams";

export type RouterParts = {
  table: RouteTable;
  upstreams: Upstreams;
  records: Records;
  trusted: TrustedProxies;
  /** Reads a route file again, now. */
  reread: (fileName: string) => void;
  log: Logger;
};
