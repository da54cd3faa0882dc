import { expect, it } from "vitest";
import { containerName, label } from "./naming";
import { findStrays, type KnownThings, type Sighting, type StrayReason } from "./strays";

const known: KnownThings = {
  serviceIds: new Set(["svc_a"]),
  environmentIds: new Set(["env_a"]),
  releaseIds: new Set(["dep_a"]),
};
const container = (service?: string, release = "dep_a", name = containerName("dep_a", 1)): Sighting => ({
  kind: "container",
  name,
  labels: {
    ...(service !== undefined && { [label.service]: service }),
    [label.release]: release,
    [label.replica]: "1",
  },
  sizeBytes: null,
});
const image = (service?: string): Sighting => ({ ...container(service), kind: "image", name: "a:1", sizeBytes: 7 });
const network = (environment?: string): Sighting => ({
  kind: "network",
  name: "n",
  labels: environment === undefined ? {} : { [label.environment]: environment },
  sizeBytes: null,
});

it.each<[string, Sighting, StrayReason | null]>([
  ["a replica of a release", container("svc_a"), null],
  ["a container of a service that is gone", container("svc_b"), "unknown_service"],
  ["a container that names no service", container(), "no_service"],
  ["a container of no deployment", container("svc_a", "dep_b", containerName("dep_b", 1)), "unknown_release"],
  ["a container beside the replicas", container("svc_a", "dep_a", "by-hand"), "unexpected_name"],
  ["an image of a service", image("svc_a"), null],
  ["an image of a service that is gone", image("svc_b"), "unknown_service"],
  ["an image that names no service", image(), "no_service"],
  ["a network of an environment", network("env_a"), null],
  ["a network of an environment that is gone", network("env_b"), "unknown_environment"],
  ["a network that names no environment", network(), "no_environment"],
])("%s", (_what, sighting, reason) => {
  expect(findStrays([sighting], known)).toEqual(reason === null ? [] : [{ ...sighting, reason }]);
});
