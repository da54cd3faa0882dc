/** The end of every image that is made of files from an earlier stage: a user of its own, the port, the command. */
import { cmd, env, from, port } from "./dockerfile-text";

export const owned = "--chown=1000:1000";

/** `files`: COPY instructions. The user has no name in these images, so it is given a home by HOME. */
export function applicationStage(
  image: string,
  environment: Readonly<Record<string, string | number>>,
  files: readonly string[],
  vector: readonly string[],
): string[] {
  return [
    from(image),
    env({ ...environment, HOME: "/app", HOST: "0.0.0.0", PORT: port }),
    ...files,
    "WORKDIR /app",
    "USER 1000:1000",
    `EXPOSE ${port}`,
    cmd(vector),
  ];
}
