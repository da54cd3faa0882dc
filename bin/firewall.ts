/**
 * `npm run firewall -- apply|remove`: sets or takes away the rules that keep applications away from this server's own
 * services, as root, where the worker is not.
 */
import { createDockerEngine } from "@/server/adapters/docker/docker-engine";
import { createIptables } from "@/server/adapters/firewall/iptables";
import { createLogger } from "@/server/log";
import { setHostRules } from "@/server/services/instance/guard-host";
import { prepareInstance } from "./start/prepare-instance";
import { createProgress } from "./start/progress.mjs";

const progress = createProgress(process.stdout);
const [verb, ...rest] = process.argv.slice(2);
if ((verb !== "apply" && verb !== "remove") || rest.length > 0) {
  progress.fail("Say what to do.", "npm run firewall -- apply, or: npm run firewall -- remove");
  process.exit(2);
}
const { config } = await prepareInstance(process.cwd());
const firewall = createIptables();
try {
  if (verb === "remove") {
    await firewall.clear(config.instanceId);
    progress.print("The rules of this instance are gone.");
  } else {
    const engine = createDockerEngine({
      ...config.docker,
      instanceId: config.instanceId,
      log: createLogger("firewall"),
    });
    // HOST_FIREWALL=off keeps the worker from it, not the operator.
    const docker = { ...config.docker, firewall: "auto" as const };
    const rules = await setHostRules({ engine, config: { ...config, docker } }, firewall);
    if (rules.state === "open") throw new Error(rules.reason);
    progress.print(
      rules.state === "elsewhere"
        ? "Containers do not run on this machine's own network: nothing to set here."
        : "Applications and builds cannot reach this server's own services.",
    );
  }
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  progress.fail(`The rules were not changed: ${reason}`, "Run it as root, with iptables installed.");
  process.exit(1);
}
