#!/usr/bin/env node
import { runCommand } from "./start/run-command.mjs";

const [file, ...args] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: node bin/run.mjs FILE.ts [ARGUMENT...]");
await runCommand(file, args);
