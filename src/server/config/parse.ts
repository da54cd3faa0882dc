/**
 * The parsers behind the configuration: string, integer, float and list. A number that cannot be read falls back to
 * its default, one out of range is clamped; both with a warning at start (requirements, section 3).
 */
import { type DiskMark, parseMark } from "@/domain/disk";
import { formatAddressBlock, parseAddressBlock } from "@/domain/network/address-block";

type Common = {
  description: string /** Shown in the table in place of the default. */;
  shownDefault?: string;
  secret?: boolean;
};
export type StringSetting = Common & { kind: "string"; default: string | null };
export type ChoiceSetting = Common & { kind: "choice"; default: string; choices: readonly string[] };
export type NumberSetting = Common & { kind: "integer" | "float"; default: number; min: number; max: number };
/** An IPv4 CIDR whose prefix is at most `narrowest` long. */
export type NetworkSetting = Common & { kind: "network"; default: string; narrowest: number };
/** How full a disk is: "85%" used, or "10GB" free. */
export type DiskMarkSetting = Common & { kind: "disk-mark"; default: string };
export type Setting = StringSetting | ChoiceSetting | NumberSetting | NetworkSetting | DiskMarkSetting;

export type ValueOf<S extends Setting> = S extends { kind: "integer" | "float" }
  ? number
  : S extends { kind: "disk-mark" }
    ? DiskMark
    : S extends { kind: "choice"; choices: readonly (infer C)[] }
      ? C
      : S extends { default: string }
        ? string
        : string | null;

export type Parsed<S extends Setting> = { value: ValueOf<S>; warning: string | null };

/** Reads one setting from its raw text. Never throws: what cannot be used is replaced and said. */
export function parseSetting<S extends Setting>(name: string, setting: S, raw: string | undefined): Parsed<S> {
  const { value, warning } = parseRaw(name, setting, raw?.trim() ?? "");
  return { value: value as ValueOf<S>, warning }; // safe because parseRaw follows setting.kind
}

function parseRaw(
  name: string,
  setting: Setting,
  text: string,
): { value: string | number | DiskMark | null; warning: string | null } {
  if (setting.kind === "disk-mark") return parseDiskMark(name, setting, text);
  if (text === "") return { value: setting.default, warning: null };
  if (setting.kind === "string") return { value: text, warning: null };
  if (setting.kind === "choice") {
    if (setting.choices.includes(text)) return { value: text, warning: null };
    return {
      value: setting.default,
      warning: `${name}: must be one of ${setting.choices.join(", ")}; using ${setting.default}`,
    };
  }
  if (setting.kind === "network") return parseNetwork(name, setting, text);
  return parseNumber(name, setting, text);
}

function parseDiskMark(name: string, setting: DiskMarkSetting, text: string) {
  const mark = parseMark(text === "" ? setting.default : text);
  if (mark) return { value: mark, warning: null };
  const warning = `${name}: "${text}" is neither so much used (85%) nor so much free (10GB); using ${setting.default}`;
  return { value: parseMark(setting.default), warning };
}

function parseNetwork(name: string, setting: NetworkSetting, text: string): { value: string; warning: string | null } {
  const block = text.includes("/") ? parseAddressBlock(text) : null;
  if (block && block.size >= 2 ** (32 - setting.narrowest)) return { value: formatAddressBlock(block), warning: null };
  const wanted = `an IPv4 range such as ${setting.default}, /${setting.narrowest} or wider`;
  return { value: setting.default, warning: `${name}: "${text}" is not ${wanted}; using ${setting.default}` };
}

function parseNumber(name: string, setting: NumberSetting, text: string): { value: number; warning: string | null } {
  const number = Number(text);
  const readable = Number.isFinite(number) && (setting.kind === "float" || Number.isInteger(number));
  if (!readable) {
    return {
      value: setting.default,
      warning: `${name}: "${text}" is not ${setting.kind === "float" ? "a number" : "a whole number"}; using the default ${setting.default}`,
    };
  }
  const value = Math.min(setting.max, Math.max(setting.min, number));
  if (value === number) return { value, warning: null };
  return { value, warning: `${name}: ${number} is outside ${setting.min}..${setting.max}; using ${value}` };
}
