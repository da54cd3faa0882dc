import { createTestEngine, describeWithDocker } from "@/testing/docker";
import { engineContract } from "@/testing/ports/engine-contract";

describeWithDocker("Docker", () => {
  engineContract("bridge", async () => subject("bridge"));
  engineContract("loopback", async () => subject("loopback"));
});

function subject(addressing: "bridge" | "loopback") {
  return {
    ...createTestEngine({ addressing }),
    image: "busybox:1.36",
    unknownImage: "registry.invalid/no/such:image",
  };
}
