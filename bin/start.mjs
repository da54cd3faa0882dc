#!/usr/bin/env node
import { runCommand } from "./start/run-command.mjs";

await runCommand("bin/start.ts", process.argv.slice(2));
