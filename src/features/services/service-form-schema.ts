/**
 * The contracts' schemas, with text in front: what people type ("1 GiB", an empty field) becomes what the procedure
 * takes. Field names are the procedure's, so that its errors find their field.
 */
import { z } from "zod";
import { nameSchema } from "@/contracts/common";
import { buildSettingsSchema, runtimeSettingsSchema, sourceSchema } from "@/contracts/service";
import { formatCpu, formatMemory, parseCpu, parseMemory } from "./amounts";
import { healthForm, healthFormDefaults, healthToForm } from "./health-form";
import { parseWhole, typed } from "./typed-field";

const runtime = runtimeSettingsSchema.shape;

const memory = {
  parse: parseMemory,
  schema: runtime.memoryMib,
  wanted: "Enter an amount from 16 MiB to 64 GiB, such as 512 MiB.",
};
const cpu = {
  parse: parseCpu,
  schema: runtime.cpuMillis,
  wanted: "Enter an amount from 0.05 to 64 cores, such as 0.5.",
};
const replicas = { parse: parseWhole, schema: runtime.replicas, wanted: "Enter a number from 1 to 20." };
const port = {
  parse: parseWhole,
  schema: z.number().min(1).max(65535),
  wanted: "Enter a port from 1 to 65535.",
};

/** A choice of the form for a setting that is on or off. */
const readOnlyRoot = z.enum(["writable", "read-only"]).transform((choice) => choice === "read-only");

export const runtimeForm = z.object({
  port: typed(port, { value: null }),
  health: healthForm,
  memoryMib: typed(memory),
  cpuMillis: typed(cpu),
  replicas: typed(replicas),
  readOnlyRoot,
});

/** Of a service that is yet to be made, memory and processor may be left to the platform's defaults. */
const newRuntimeForm = runtimeForm.extend({
  memoryMib: typed(memory, { value: undefined }),
  cpuMillis: typed(cpu, { value: undefined }),
});

const text = z.string();

export const sourceForm = z
  .object({ type: z.enum(["git", "image"]), url: text, branch: text, rootDirectory: text, reference: text })
  .transform(({ type, url, branch, rootDirectory, reference }, context) => {
    const source = type === "git" ? { type, url, branch, rootDirectory } : { type, reference };
    const checked = sourceSchema.safeParse(source);
    if (checked.success) return checked.data;
    for (const { message, path } of checked.error.issues) {
      context.issues.push({ code: "custom", message, path: [...path], input: source });
    }
    return z.NEVER;
  });

/** Empty: nothing is said about the token. */
export const gitTokenForm = z
  .string()
  .max(4000)
  .transform((token) => (token === "" ? undefined : token));

export const newServiceForm = z.object({
  name: nameSchema,
  source: sourceForm,
  gitToken: gitTokenForm,
  build: buildSettingsSchema,
  runtime: newRuntimeForm,
});

export type NewServiceForm = z.input<typeof newServiceForm>;
export type NewServiceOutput = z.output<typeof newServiceForm>;

export const newServiceFormDefaults = {
  name: "",
  source: { type: "git", url: "", branch: "", rootDirectory: "", reference: "" },
  gitToken: "",
  build: {
    builder: "auto",
    dockerfilePath: "",
    installCommand: "",
    buildCommand: "",
    startCommand: "",
    outputDirectory: "",
  },
  runtime: {
    port: "",
    health: healthFormDefaults,
    memoryMib: "",
    cpuMillis: "",
    replicas: "1",
    readOnlyRoot: "writable",
  },
} satisfies NewServiceForm;

/** What a form shows of settings that are stored. */
export function runtimeToForm(settings: z.output<typeof runtimeSettingsSchema>): z.input<typeof runtimeForm> {
  return {
    port: settings.port === null ? "" : String(settings.port),
    health: healthToForm(settings.health),
    memoryMib: formatMemory(settings.memoryMib),
    cpuMillis: formatCpu(settings.cpuMillis),
    replicas: String(settings.replicas),
    readOnlyRoot: settings.readOnlyRoot ? "read-only" : "writable",
  };
}
