import type { Setting } from "@/server/config/parse";

/** A row for each setting, in the order of the configuration module. */
export function configurationTable(settings: Record<string, Setting>): string {
  const rows = Object.entries(settings).map(
    ([name, setting]) => `| \`${name}\` | ${shownDefault(setting)} | ${range(setting)} | ${setting.description} |`,
  );
  return ["| Setting | Default | Values | Meaning |", "|---|---|---|---|", ...rows].join("\n");
}

function shownDefault(setting: Setting): string {
  const value = setting.shownDefault ?? setting.default;
  if (value === null || value === "") return "none";
  return setting.shownDefault === undefined ? `\`${value}\`` : `${value}`;
}

function range(setting: Setting): string {
  switch (setting.kind) {
    case "integer":
    case "float":
      return `${setting.min} to ${setting.max}`;
    case "choice":
      return setting.choices.map((choice) => `\`${choice}\``).join(", ");
    case "network":
      return `/${setting.narrowest} or wider`;
    case "disk-mark":
      return "so much used (`85%`) or free (`10GB`)";
    case "string":
      return setting.secret ? "secret" : "text";
  }
}
