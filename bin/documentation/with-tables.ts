import { settings } from "@/server/config/settings";
import { configurationTable } from "./configuration-table";
import { permissionRows } from "./permission-table";
import { withTable } from "./with-table";

/** The README with its generated tables as they should be: settings, and who may do what. */
export function withTables(readme: string): string {
  return withTable(withTable(readme, "configuration", configurationTable(settings)), "permissions", permissionRows());
}
