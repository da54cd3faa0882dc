import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CleanupPolicy,
  type CleanupWorld,
  type ImageUse,
  judgeImages,
  planCleanup,
  type ServiceImage,
} from "./retention";

const now = new Date("2026-02-01T00:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const use = (number: number, changes: Partial<ImageUse> = {}): ImageUse => ({
  deploymentId: `dep_${number}`,
  imageReference: `web:${number}`,
  number,
  need: null,
  wasLive: true,
  usedAt: daysAgo(30),
  ...changes,
});
const image = (number: number): ServiceImage => ({
  reference: `web:${number}`,
  builtById: `dep_${number}`,
  sizeBytes: 1000,
  ownBytes: 100 * number,
});
const seven = [1, 2, 3, 4, 5, 6, 7].map((number) => use(number));
const images = [1, 2, 3, 4, 5, 6, 7].map(image);
const change = (number: number, changes: Partial<ImageUse>) =>
  seven.map((one) => (one.number === number ? { ...one, ...changes } : one));
const policy: CleanupPolicy = {
  imageDays: 7,
  imagesPerService: 5,
  ageCounts: true,
  buildCacheBytes: 500,
  mirrorDays: 7,
};

const removed = (uses: ImageUse[], changes: Partial<CleanupPolicy> = {}) =>
  judgeImages(images, uses, { ...policy, ...changes }, now)
    .filter((one) => one.verdict === "remove")
    .map((one) => `${one.image.reference} ${one.reason}`);

describe("judgeImages", () => {
  it.each<[string, ImageUse[], string[]]>([
    ["the last five that were live stay", seven, ["web:1 expired", "web:2 expired"]],
    ["the live one stays, whichever it is", change(1, { need: "live" }), ["web:2 expired"]],
    ["a warm one stays", change(1, { need: "warm" }), ["web:2 expired"]],
    ["one that a deployment is about to start stays", change(2, { need: "unfinished" }), ["web:1 expired"]],
    ["a recent one stays", change(1, { usedAt: daysAgo(6) }), ["web:2 expired"]],
    ["one exactly as old as the limit goes", change(1, { usedAt: daysAgo(7) }), ["web:1 expired", "web:2 expired"]],
    [
      "one that never was live does not count among the five",
      change(7, { wasLive: false }),
      ["web:1 expired", "web:7 expired"],
    ],
    [
      "two deployments of one image count once",
      [...seven, use(8, { imageReference: "web:7" })],
      ["web:1 expired", "web:2 expired"],
    ],
    ["an image that no deployment names goes", seven.slice(1), ["web:1 unnamed", "web:2 expired"]],
    [
      "one that was just built stays, though its deployment does not name it yet",
      change(1, { imageReference: null, need: "unfinished" }),
      ["web:2 expired"],
    ],
    ["an image that somebody else removed does not count", [...seven, use(8)], ["web:1 expired", "web:2 expired"]],
    ["one whose build was cancelled goes", change(1, { imageReference: null }), ["web:1 unnamed", "web:2 expired"]],
  ])("%s", (_name, uses, expected) => {
    expect(removed(uses)).toEqual(expected);
  });

  it("keeps as many as the setting says", () => {
    expect(removed(seven, { imagesPerService: 6 })).toEqual(["web:1 expired"]);
    expect(removed(seven, { imagesPerService: 1 })).toHaveLength(6);
  });

  it("on a disk that is nearly full age counts no more, but what one may go back to stays", () => {
    const recent = seven.map((one) => ({ ...one, usedAt: daysAgo(1) }));
    expect(removed(recent)).toEqual([]);
    expect(removed(recent, { ageCounts: false })).toEqual(["web:1 superfluous", "web:2 superfluous"]);
  });

  it("says of each that stays why, and whose it is", () => {
    const uses = change(7, { need: "live" }).map((one) => (one.number === 1 ? { ...one, usedAt: daysAgo(2) } : one));
    const verdicts = judgeImages(images, uses, policy, now);
    expect(verdicts.map((one) => [one.number, one.reason])).toEqual([
      [1, "recent"],
      [2, "expired"],
      ...[3, 4, 5, 6].map((number) => [number, "newest"]),
      [7, "live"],
    ]);
  });
});

describe("planCleanup", () => {
  const world: CleanupWorld = {
    services: [{ id: "svc_a", name: "Web", images, uses: seven }],
    buildCache: { totalBytes: 900, unusedBytes: 700 },
    mirrors: [
      { name: "a.git", url: "https://git.example.com/a.git", sizeBytes: 10, usedAt: daysAgo(30), isNeeded: true },
      { name: "b.git", url: "https://git.example.com/b.git", sizeBytes: 20, usedAt: daysAgo(6), isNeeded: false },
      { name: "c.git", url: null, sizeBytes: 30, usedAt: daysAgo(8), isNeeded: false },
    ],
    checkouts: [
      { name: "dep_1", sizeBytes: 5, isNeeded: false },
      { name: "dep_2", sizeBytes: 5, isNeeded: true },
    ],
    logs: { lines: 12, sizeBytes: 40 },
  };
  const goes = (changes: Partial<CleanupWorld>, policyChanges: Partial<CleanupPolicy> = {}) =>
    planCleanup({ ...world, ...changes }, { ...policy, ...policyChanges }, now)
      .filter((item) => item.verdict === "remove")
      .map((item) => `${item.kind} ${item.name} ${item.freesBytes}`);

  it("names each thing that would go, and what that frees", () => {
    expect(goes({})).toEqual([
      "image web:1 100",
      "image web:2 200",
      "build_cache BuildKit 400",
      "mirror c.git 30",
      "checkout dep_1 5",
      "logs log lines 40",
    ]);
  });

  it("takes from the build cache what is too much, and never what is in use", () => {
    expect(goes({}, { buildCacheBytes: 100 })).toContain("build_cache BuildKit 700");
    expect(goes({}, { buildCacheBytes: 900 }).join()).not.toContain("build_cache");
    expect(goes({ buildCache: null }).join()).not.toContain("build_cache");
  });

  it("says the whole size of an image where nobody knows what it shares", () => {
    const unmeasured = images.map((one) => ({ ...one, ownBytes: null }));
    expect(goes({ services: [{ id: "svc_a", name: "Web", images: unmeasured, uses: seven }] })).toContain(
      "image web:1 1000",
    );
  });

  it("has nothing to say where there is nothing", () => {
    const empty = { services: [], buildCache: null, mirrors: [], checkouts: [], logs: { lines: 0, sizeBytes: 0 } };
    expect(planCleanup(empty, policy, now)).toEqual([]);
  });
});

describe("whatever was deployed, and however full the disk is", () => {
  const anyUse = fc.record({
    image: fc.integer({ min: 1, max: 12 }),
    need: fc.constantFrom(null, "live" as const, "warm" as const, "unfinished" as const),
    wasLive: fc.boolean(),
    age: fc.integer({ min: 0, max: 60 }),
  });
  const anyPolicy = fc.record({
    imageDays: fc.integer({ min: 1, max: 30 }),
    imagesPerService: fc.integer({ min: 1, max: 6 }),
    ageCounts: fc.boolean(),
  });
  const world = fc.tuple(
    fc.array(anyUse, { maxLength: 30 }),
    fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
    anyPolicy,
  );

  it("what is needed and the last that were live stay, and a cleanup leaves the next one nothing to do", () => {
    fc.assert(
      fc.property(world, ([deployed, present, limits]) => {
        const all = deployed.map(({ image: of, need, wasLive, age }, n) =>
          use(n + 1, { imageReference: `web:${of}`, need, wasLive, usedAt: daysAgo(age) }),
        );
        const there = present.map(image);
        const kept = judgeImages(there, all, limits, now).flatMap((one) =>
          one.verdict === "keep" ? [one.image.reference] : [],
        );
        const here = (one: ImageUse) => there.some(({ reference }) => reference === one.imageReference);
        const needed = all.filter((one) => one.need !== null && here(one)).map((one) => one.imageReference);
        const live = all.filter((one) => one.wasLive && here(one)).reverse();
        const newest = [...new Set(live.map((one) => one.imageReference))].slice(0, limits.imagesPerService);
        expect(kept).toEqual(expect.arrayContaining([...needed, ...newest]));
        const again = judgeImages(
          there.filter(({ reference }) => kept.includes(reference)),
          all,
          limits,
          now,
        );
        expect(again.every((one) => one.verdict === "keep")).toBe(true);
      }),
    );
  });
});
