import { describe, expect, it } from "vitest";
import { changesAgainst, findProblems, mergeEnvFile, rowsOf, type VariableRow } from "./variable-rows";

const row = (key: string, value: string | null, secret = false): VariableRow => ({ id: key, key, value, secret });
const newId = () => "new";

describe("mergeEnvFile", () => {
  it("updates names that are there, keeps their kind, adds the others and drops blank rows", () => {
    const rows = [row("A", "1", true), row("", ""), row("KEPT", null, true)];
    expect(mergeEnvFile(rows, "A=2\nAPI_TOKEN=x\nPORT=3", newId).rows).toEqual([
      { id: "A", key: "A", value: "2", secret: true },
      { id: "KEPT", key: "KEPT", value: null, secret: true },
      { id: "new", key: "API_TOKEN", value: "x", secret: true },
      { id: "new", key: "PORT", value: "3", secret: false },
    ]);
  });

  it("hands on what the file could not say", () => {
    expect(mergeEnvFile([], "oops", newId).file.problems).toHaveLength(1);
  });
});

it("findProblems marks bad, missing and doubled names, not blank rows", () => {
  const rows = [row("A", "1"), { ...row("A", "2"), id: "again" }, row("1X", ""), { ...row("", "v"), id: "nameless" }];
  expect([...findProblems([...rows, row("", "")]).keys()]).toEqual(["again", "1X", "nameless"]);
});

describe("changesAgainst", () => {
  const stored = [
    { key: "A", value: "1", secret: false },
    { key: "S", value: null, secret: true },
    { key: "GONE", value: "x", secret: false },
  ];

  it("sends nothing that is as it was", () => {
    expect(changesAgainst(stored, [...rowsOf(stored), row("", "")])).toEqual({ variables: [], remove: [] });
  });

  it("sends new and changed values and names what is gone", () => {
    expect(changesAgainst(stored, [row("A", "2"), row("S", null, true), row("NEW", "")])).toEqual({
      variables: [
        { key: "A", value: "2", secret: false },
        { key: "NEW", value: "", secret: false },
      ],
      remove: ["GONE"],
    });
  });

  it("sends a secret that was typed anew, and a plain one that became secret", () => {
    expect(changesAgainst(stored, [row("A", "1", true), row("S", "new", true), row("GONE", "x")]).variables).toEqual([
      { key: "A", value: "1", secret: true },
      { key: "S", value: "new", secret: true },
    ]);
  });

  it("sends both halves of a rename", () => {
    expect(changesAgainst([{ key: "A", value: "1", secret: false }], [row("B", "1")])).toEqual({
      variables: [{ key: "B", value: "1", secret: false }],
      remove: ["A"],
    });
  });
});
