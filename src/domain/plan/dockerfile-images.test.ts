// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles
import { describe, expect, test } from "vitest";
import { imagesOfDockerfile } from "./dockerfile-images";
import { readDirective, readInstructions, withoutSyntax } from "./dockerfile-instructions";

const images = (dockerfile: string, buildArgs = {}) => imagesOfDockerfile(dockerfile, buildArgs);

describe("imagesOfDockerfile", () => {
  test("stages and scratch are not images; names of stages are case-insensitive", () => {
    const dockerfile =
      "FROM node:24 AS Build\nRUN true\nFROM build\nFROM scratch\nCOPY --from=BUILD /a /a\nCOPY --from=0 /b /b\n";
    expect(images(dockerfile)).toEqual(["node:24"]);
  });

  test("images of COPY --from and RUN --mount count", () => {
    const dockerfile =
      "FROM a:1\nCOPY --link --from=b:2 /x /x\nRUN --mount=type=bind,from=c:3,target=/c --network=none echo --from=no\nCOPY d --from=no /\n";
    expect(images(dockerfile)).toEqual(["a:1", "b:2", "c:3"]);
  });

  test.each([
    ["ARG V=24\nFROM node:$V", {}, ["node:24"]],
    ["ARG V=24\nFROM node:${V}-alpine", { V: "22" }, ["node:22-alpine"]],
    ["ARG V\nFROM node:${V:-20}", {}, ["node:20"]],
    ["ARG V=24\nFROM node:${V:+lts}", {}, ["node:lts"]],
    ['ARG A="1" B=2\nARG TAG=$A-$B\nFROM x:${TAG}', {}, ["x:1-2"]],
    ["FROM x:${TARGETARCH}", {}, []],
    ["FROM --platform=$BUILDPLATFORM node:24 AS b", {}, ["node:24"]],
    ["ARG V=1\nFROM a:$V\nARG V=2\nFROM b:$V", {}, ["a:1", "b:1"]],
  ])("arguments: %s", (dockerfile, buildArgs, expected) => {
    expect(images(dockerfile, buildArgs)).toEqual(expected);
  });

  test("comments, continued lines, lower case and here-documents are read as Docker reads them", () => {
    const dockerfile = [
      "# FROM comment:1",
      "from \\",
      "  # a comment between",
      "  node:24 \\",
      "  as base",
      "RUN <<EOF cat <<-'SQL'",
      "FROM inside:1",
      "EOF",
      "FROM inside:2",
      "\tSQL",
      "COPY --from=last:1 a b",
    ].join("\r\n");
    expect(images(dockerfile)).toEqual(["node:24", "last:1"]);
  });

  test("another escape character", () => {
    expect(images("# escape=`\nFROM `\n node:24\n")).toEqual(["node:24"]);
  });
});

describe("directives", () => {
  const dockerfile = "# syntax=docker/dockerfile:1\n# escape=\\\nFROM a\n# syntax=no\n";

  test("are read before everything else alone", () => {
    expect(readDirective(dockerfile, "syntax")).toBe("docker/dockerfile:1");
    expect(readDirective("FROM a\n# syntax=x\n", "syntax")).toBeNull();
    expect(readDirective("# a comment\n# syntax=x\n", "syntax")).toBeNull();
  });

  test("the syntax line can be taken away", () => {
    expect(withoutSyntax(dockerfile)).toBe("# escape=\\\nFROM a\n# syntax=no\n");
  });
});

test("a here-document hides what is in it, except in JSON form, which has none", () => {
  const names = (text: string) => readInstructions(text).map(({ keyword }) => keyword);
  expect(names("RUN cat <<EOF\nFROM x\nEOF\nUSER a")).toEqual(["RUN", "USER"]);
  expect(names('RUN --mount=type=cache,target=/x ["sh", "-c", "cat <<EOF"]\nUSER a')).toEqual(["RUN", "USER"]);
});
