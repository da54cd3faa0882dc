/** Checks where a repository is said to be, and turns it into what git is given. What git would not take as data never reaches it. */
import { realpath } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/domain/errors";
import type { GitSetting } from "@/server/git/isolated-environment";
import type { GitLocation } from "@/server/ports";

export type Remote = {
  kind: "http" | "ssh" | "local";
  /** Holds no credentials. */
  url: string;
  withToken: boolean;
  settings: GitSetting[];
};

const notAllowed = (message?: string) =>
  new AppError("repository_not_allowed", message === undefined ? {} : { message });

const sshUrl = /^ssh:\/\/([a-z0-9_][\w.-]*@)?([a-z0-9][\w.-]*|\[[0-9a-f:]+\])(:\d{1,5})?\/[^-].*$/i;
const scpLike = /^[a-z0-9_][\w.-]*@[a-z0-9][\w.-]*:[^-:].*$/i;

/** Throws repository_not_allowed; for a local path also repository_not_found. `allowedPaths`: the operator's directories. */
export async function toRemote(location: GitLocation, allowedPaths: readonly string[]): Promise<Remote> {
  const { url } = location;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  if (/[\u0000-\u0020\u007f]/.test(url) || url.length > 2000) throw notAllowed();
  if (/^https?:\/\//i.test(url)) return httpRemote(location);
  if (sshUrl.test(url) || scpLike.test(url)) return { kind: "ssh", url, withToken: false, settings: [] };
  const local = url.startsWith("file:///") ? url.slice("file://".length) : url;
  if (!local.startsWith("/")) throw notAllowed();
  return { kind: "local", url: await allowedPath(local, allowedPaths), withToken: false, settings: [] };
}

function httpRemote({ url, token }: GitLocation): Remote {
  const parsed = URL.parse(url);
  if (parsed === null) throw notAllowed();
  if (parsed.search !== "" || parsed.hash !== "") throw notAllowed();
  if (parsed.username !== "" || parsed.password !== "") {
    throw notAllowed("Leave user name and token out of the repository's address; there is a field for the token.");
  }
  if (token === null) return { kind: "http", url: parsed.href, withToken: false, settings: [] };
  const text = token.reveal();
  // GitHub, GitLab and Gitea take any user name beside a token; who needs a certain one stores "name:token".
  const credentials = text.includes(":") ? text : `x-access-token:${text}`;
  const header = `Authorization: Basic ${Buffer.from(credentials).toString("base64")}`;
  return {
    kind: "http",
    url: parsed.href,
    withToken: true,
    settings: [
      [`http.${parsed.origin}/.extraHeader`, header],
      // Git sends the header to wherever the first answer redirects.
      ["http.followRedirects", "false"],
    ],
  };
}

async function allowedPath(local: string, allowedPaths: readonly string[]): Promise<string> {
  const inside = async (directory: string, candidate: string) => {
    const relative = path.relative(await realpath(directory).catch(() => directory), candidate);
    return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  };
  const real = await realpath(local).catch(() => null);
  // A path that does not exist is told apart only below what is allowed: the rest of the disk is not to be explored.
  const candidate = real ?? path.resolve(local);
  const verdicts = await Promise.all(allowedPaths.map((directory) => inside(directory, candidate)));
  if (!verdicts.includes(true)) throw notAllowed();
  if (real === null) throw new AppError("repository_not_found");
  return real;
}
