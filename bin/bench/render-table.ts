import { isMet, type Measurement } from "./measurement";

/** The measurements as lines for a person, in their order, under the name of their section. */
export function renderTable(measurements: Measurement[]): string {
  const nameWidth = Math.max(...measurements.map(({ name }) => name.length));
  const valueWidth = Math.max(12, ...measurements.map((measurement) => renderValue(measurement).length));
  const lines: string[] = [];
  let section = "";
  for (const measurement of measurements) {
    if (measurement.section !== section) {
      section = measurement.section;
      lines.push(section);
    }
    const promise = renderPromise(measurement);
    const words = [promise, measurement.detail].filter((part) => part !== "").join(" · ");
    const value = renderValue(measurement).padStart(valueWidth);
    lines.push(`  ${measurement.name.padEnd(nameWidth)} ${value}  ${words}`.trimEnd());
  }
  return lines.join("\n");
}

function renderValue({ value, unit }: Measurement): string {
  return `${renderNumber(value, unit)} ${unit}`;
}

function renderNumber(value: number, unit: Measurement["unit"]): string {
  return unit === "x" ? String(Math.round(value * 100) / 100) : String(Math.round(value * 10) / 10);
}

function renderPromise(measurement: Measurement): string {
  const { target, unit } = measurement;
  if (target === null) return "";
  const [words, bound] = "atMost" in target ? ["at most", target.atMost] : ["at least", target.atLeast];
  return `${isMet(measurement) ? "✓" : "✗"} ${words} ${renderNumber(bound, unit)} ${unit}`;
}
