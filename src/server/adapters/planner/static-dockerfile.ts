/** The Dockerfile of a site: its files and a small server, whether a build makes them or they are there. */
import { cmd, copy, dockerfile, env, from, port } from "./dockerfile-text";
import { app, buildStages, type NodeBuild } from "./node-stages";
import { staticServerDirectory } from "./static-server";

export type StaticSite = { directory: string; singlePage: boolean; immutable: readonly string[] };

export function builtSiteDockerfile(node: NodeBuild, site: StaticSite): string {
  return dockerfile(
    ...buildStages(node, false),
    staticStage(node.image, site, copy([`${app}/${site.directory}`], "/site", ["--from=build"])),
  );
}

/** A site of files that are there as they are. */
export function plainSiteDockerfile(image: string, site: StaticSite): string {
  return dockerfile(staticStage(image, site, copy([site.directory === "" ? "." : site.directory], "/site")));
}

function staticStage(image: string, { singlePage, immutable }: StaticSite, copySite: string): string[] {
  const options = [...(singlePage ? ["--single"] : []), ...immutable.map((prefix) => `--immutable=${prefix}`)];
  return [
    from(image),
    env({ NODE_ENV: "production", PORT: port }),
    copy([staticServerDirectory], "/static-server"),
    copySite,
    "USER node",
    `EXPOSE ${port}`,
    cmd(["node", "/static-server/serve.cjs", "/site", ...options]),
  ];
}
