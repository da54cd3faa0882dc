/**
 * The API of Docker's builder takes memory and CPU limits and drops them where BuildKit builds, and it does not pass a
 * cgroup parent on either (decision 020). What is left is the cgroup that BuildKit makes for each RUN step: a helper
 * container looks for new ones and writes the limits into them, within the time that a step takes to start.
 */

/** Where the Engine's host cgroups are mounted in the helper. */
export const cgroupMount = "/cgroup";

export type Limits = { memoryMib: number; cpuMillis: number };

export type CgroupLayout = {
  /** Directories below the mount in which the steps' cgroups appear. */
  parents: string[];
  /** Shell pattern of their names. */
  steps: string;
};

/** From the Engine's /info. Null: a layout in which nobody has looked for the steps yet. */
export function cgroupLayout(info: { CgroupDriver?: string; CgroupVersion?: string }): CgroupLayout | null {
  const { CgroupDriver: driver, CgroupVersion: version = "1" } = info;
  if (driver === "cgroupfs" && version === "1") {
    return { parents: ["memory/docker/buildkit", "cpu/docker/buildkit"], steps: "*" };
  }
  if (driver === "cgroupfs") return { parents: ["docker/buildkit"], steps: "*" };
  // runc, run by BuildKit without its systemd mode, takes "system.slice:docker:<id>" for the name of a directory.
  if (driver === "systemd" && version === "2") return { parents: ["system.slice"], steps: "system.slice:docker:*" };
  return null;
}

/** The kernel's own period of CPU quotas. */
const periodUs = 100_000;

/** Shorter than a program needs to take more memory than the smallest limit (256 MiB). */
const lookEverySeconds = 0.05;

// A value is written once, since each write of a CPU quota hands out a fresh one, and only to lower what is there:
// helpers of other workers, of another instance on this Engine, would otherwise write against each other.
const script = `
steps=$1; shift
mkdir -p "$@" || exit 1
lower() {
  read -r now _ < "$2" || return
  case $now in max|-1) ;; *) [ "$now" -gt "$1" ] || return ;; esac
  echo "$1\${3:+ $3}" > "$2"
}
look() {
  memory=$1 quota=$2; shift 2
  while :; do
    for parent; do
      for step in "$parent"/$steps/; do
        [ -d "$step" ] && cd "$step" || continue
        lower "$memory" memory.limit_in_bytes
        lower "$memory" memory.memsw.limit_in_bytes
        lower "$memory" memory.max
        lower 0 memory.swap.max
        lower "$quota" cpu.cfs_quota_us
        lower "$quota" cpu.max ${periodUs}
      done
    done
    sleep ${lookEverySeconds} || exit
  done
}
looking=
while read -r order memory quota; do
  if [ -n "$looking" ]; then kill "$looking"; wait "$looking"; looking=; fi
  if [ -n "$quota" ]; then look "$memory" "$quota" "$@" 2>/dev/null & looking=$!; fi
  echo "$order"
done
`;

/** The helper's command. It waits for orders on its standard input, and ends when that does. */
export function helperCommand(layout: CgroupLayout): string[] {
  const parents = layout.parents.map((parent) => `${cgroupMount}/${parent}`);
  return ["sh", "-c", script, "limits", layout.steps, ...parents];
}

/** The line that tells the helper what to keep steps to from now on, null: nothing. It answers with the number. */
export function limitsOrder(number: number, limits: Limits | null): string {
  if (limits === null) return `${number}\n`;
  return `${number} ${limits.memoryMib * 2 ** 20} ${(limits.cpuMillis * periodUs) / 1000}\n`;
}
