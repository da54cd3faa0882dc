/**
 * The environment every git process of ours gets: nothing of the user's or the system's configuration, no prompts,
 * no hooks, C messages. Settings travel as GIT_CONFIG_* variables, because arguments can be read by every user of the
 * machine (`ps`), the environment of a process by its own user alone. Needs git 2.31 or later.
 */
export type GitSetting = readonly [key: string, value: string];

/** `inherited`: PATH, proxies and certificates of this process (config.inheritedEnvironment); `home`: where no git configuration lies. */
export function isolatedEnvironment(
  inherited: Readonly<Record<string, string>>,
  home: string,
  configuration: readonly GitSetting[] = [],
): NodeJS.ProcessEnv {
  const all: GitSetting[] = [["core.hooksPath", "/dev/null"], ...configuration];
  const environment: Record<string, string> = {
    ...inherited,
    HOME: home,
    XDG_CONFIG_HOME: home,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_CONFIG_COUNT: String(all.length),
  };
  for (const [index, [key, value]] of all.entries()) {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return environment as NodeJS.ProcessEnv; // safe because only Next.js's types ask for NODE_ENV, and git knows it not
}
