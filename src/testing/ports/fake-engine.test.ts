import { engineContract } from "./engine-contract";
import { playBuild, playContainer } from "./engine-scenarios";
import { FakeEngine } from "./fake-engine";

const unknownImage = "registry.invalid/no/such:image";

engineContract("fake", async () => ({
  engine: new FakeEngine({
    onBuild: playBuild,
    onStart: playContainer,
    onPull: (reference) => (reference === "busybox:1.36" ? {} : null),
  }),
  prefix: "contract",
  labels: { contract: "yes" },
  network: { name: "contract-net", subnet: "10.99.0.0/16", bridge: "hvcontract", labels: { contract: "yes" } },
  image: "busybox:1.36",
  unknownImage,
  tearDown: async () => {},
}));
