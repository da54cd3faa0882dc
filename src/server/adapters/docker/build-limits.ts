import type Dockerode from "dockerode";
import { label } from "@/domain/naming";
import type { Logger } from "@/server/log";
import { cgroupLayout, cgroupMount, limitsCommand } from "./limits-script";
import { reasonOf } from "./translate-error";

export type Limits = { memoryMib: number; cpuMillis: number };

/** `release` ends the limiting and never fails. `enforced` false: the build runs without limits. */
export type HeldLimits = { enforced: boolean; release(): void };

/**
 * Limits the steps of builds until released. Where the helper cannot be had (no image for it, an Engine in a place
 * that does not share its cgroups) the build goes on without limits, which its log then says.
 */
export async function holdBuildLimits(
  docker: Dockerode,
  toolImage: string,
  build: Limits & { reference: string },
  log: Logger,
): Promise<HeldLimits> {
  try {
    const layout = cgroupLayout(await docker.info());
    if (!layout) throw new Error("this Engine's cgroup layout is not known");
    const helper = await docker.createContainer({
      ...helperBody(toolImage, limitsCommand(layout, build)),
      Labels: { [label.limits]: build.reference },
    });
    const input = await startHelper(helper);
    return { enforced: true, release: () => input.end() };
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, "builds run without memory and CPU limits");
    return { enforced: false, release: () => {} };
  }
}

/** The helper lives as long as the connection to its standard input, so it also goes when this process dies. */
async function startHelper(helper: Dockerode.Container): Promise<NodeJS.ReadWriteStream> {
  try {
    const input = await helper.attach({ stream: true, stdin: true, hijack: true });
    input.on("error", () => {}); // The connection went, and the helper with it; the build reports a lost Engine itself.
    input.resume();
    await helper.start();
    return input;
  } catch (error) {
    await helper.remove({ force: true }).catch(() => {});
    throw error;
  }
}

function helperBody(image: string, command: string[]): Dockerode.ContainerCreateOptions {
  return {
    Image: image,
    Cmd: command,
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      AutoRemove: true,
      Binds: [`/sys/fs/cgroup:${cgroupMount}`],
      NetworkMode: "none",
      UsernsMode: "host",
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges:true"],
      Memory: 32 * 2 ** 20,
      // Eight times an ordinary container's: on a busy server it must not come too late.
      CpuShares: 8192,
      PidsLimit: 32,
    },
  };
}
