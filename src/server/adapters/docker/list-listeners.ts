import { readFile } from "node:fs/promises";
import type Dockerode from "dockerode";
import type { Listener } from "@/server/ports";
import { parseListeners } from "./proc-net";
import { orAbsent } from "./translate-error";

/**
 * Where the processes of a container listen, from the kernel's own tables. Null where they cannot be read from here: the
 * containers run in a machine or a process namespace of their own, or it does not run.
 */
export async function listListeners(docker: Dockerode, local: boolean, name: string): Promise<Listener[] | null> {
  if (!local || process.platform !== "linux") return null;
  const info = await orAbsent(docker.getContainer(name).inspect(), null);
  const pid = info?.State.Pid;
  if (!info || !pid) return null;
  try {
    // The number may be another process's, where this one sees other processes than the Engine does.
    if (!(await readFile(`/proc/${pid}/cgroup`, "utf8")).includes(info.Id)) return null;
    const tables = ["tcp", "tcp6"].map((table) => readFile(`/proc/${pid}/net/${table}`, "utf8").catch(() => ""));
    return parseListeners((await Promise.all(tables)).join("\n"));
  } catch {
    return null;
  }
}
