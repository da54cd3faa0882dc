import { expect, it } from "vitest";
import { describeSource, suggestName } from "./describe-source";

const git = (url: string, rootDirectory = "") => ({ type: "git" as const, url, branch: "main", rootDirectory });

it.each([
  [git("https://github.com/acme/shop.git"), "github.com/acme/shop"],
  [git("http://127.0.0.1:3001/sample.git"), "127.0.0.1:3001/sample"],
  [git("ssh://git@git.example.com/team/api"), "git.example.com/team/api"],
  [git("git@github.com:acme/shop.git"), "github.com/acme/shop"],
  [git("/srv/git/shop.git"), "/srv/git/shop"],
  [{ type: "image" as const, reference: "ghcr.io/acme/shop:1.2" }, "ghcr.io/acme/shop:1.2"],
])("%j is shown as %s", (source, label) => expect(describeSource(source).label).toBe(label));

it("adds branch and root directory of a repository", () => {
  expect(describeSource(git("https://github.com/acme/shop", "apps/web")).detail).toBe("main, apps/web");
  expect(describeSource({ type: "image", reference: "redis" }).detail).toBeNull();
});

it.each([
  [git("https://github.com/acme/shop.git"), "shop"],
  [git("https://github.com/acme/shop/", "apps/web"), "web"],
  [git("git@github.com:acme/My_Shop.git"), "My_Shop"],
  [{ type: "image" as const, reference: "registry:5000/team/api:1@sha256:ab" }, "api"],
  [{ type: "image" as const, reference: "redis" }, "redis"],
  [git(""), ""],
])("%j suggests the name %s", (source, name) => expect(suggestName(source)).toBe(name));
