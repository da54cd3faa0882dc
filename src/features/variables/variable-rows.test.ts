import { describe, expect, it } from "vitest";
import { changesAgainst, mergeEnvFile } from "./variable-rows";

describe("mergeEnvFile", () => {
  it("updates names that are there, keeps their kind, adds the others and drops empty rows", () => {
    const rows = [
      { key: "A", value: "1", secret: true },
      { key: "", value: "", secret: false },
      { key: "KEPT", value: null, secret: true },
    ];
    expect(mergeEnvFile(rows, "A=2\nAPI_TOKEN=x\nPORT=3").rows).toEqual([
      { key: "A", value: "2", secret: true },
      { key: "KEPT", value: null, secret: true },
      { key: "API_TOKEN", value: "x", secret: true },
      { key: "PORT", value: "3", secret: false },
    ]);
  });

  it("hands on what the file could not say", () => {
    expect(mergeEnvFile([], "oops").file.problems).toHaveLength(1);
  });
});

describe("changesAgainst", () => {
  const stored = [
    { key: "A", value: "1", secret: false },
    { key: "S", value: null, secret: true },
    { key: "GONE", value: "x", secret: false },
  ];

  it("sends nothing that is as it was", () => {
    expect(changesAgainst(stored, stored)).toEqual({ variables: [], remove: [] });
  });

  it("sends new and changed values and names what is gone", () => {
    const rows = [
      { key: "A", value: "2", secret: false },
      { key: "S", value: null, secret: true },
      { key: "NEW", value: "", secret: false },
    ];
    expect(changesAgainst(stored, rows)).toEqual({
      variables: [
        { key: "A", value: "2", secret: false },
        { key: "NEW", value: "", secret: false },
      ],
      remove: ["GONE"],
    });
  });

  it("sends a secret that was retyped, and one whose kind changed without its value", () => {
    const rows = [
      { key: "A", value: "1", secret: true },
      { key: "S", value: "new", secret: true },
      { key: "GONE", value: "x", secret: false },
    ];
    expect(changesAgainst(stored, rows).variables).toEqual([
      { key: "A", value: "1", secret: true },
      { key: "S", value: "new", secret: true },
    ]);
  });

  it("sends both halves of a rename", () => {
    expect(
      changesAgainst([{ key: "A", value: "1", secret: false }], [{ key: "B", value: "1", secret: false }]),
    ).toEqual({
      variables: [{ key: "B", value: "1", secret: false }],
      remove: ["A"],
    });
  });
});
