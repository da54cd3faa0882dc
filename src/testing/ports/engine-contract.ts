/**
 * What every Engine must do, run on the real adapter and on the fake alike, so that tests which use the fake are told
 * the truth. A subject brings an Engine and a name prefix that nobody else uses; it removes what is left in `tearDown`.
 */
import { afterAll, beforeAll, describe } from "vitest";
import { EngineBed, type EngineContractSubject } from "./engine-bed";
import { containerContract } from "./engine-contract-containers";
import { imageContract } from "./engine-contract-images";
import { streamContract } from "./engine-contract-streams";

export function engineContract(name: string, setUp: () => Promise<EngineContractSubject>): void {
  describe(`${name}: Engine contract`, () => {
    let bed: EngineBed;
    beforeAll(async () => {
      bed = await EngineBed.setUp(await setUp());
    });
    afterAll(() => bed.tearDown());

    imageContract(() => bed);
    containerContract(() => bed);
    streamContract(() => bed);
  });
}
