/** What there is on the Docker Engine, asked of the Engine itself. */
import Docker from "dockerode";
import { expect } from "playwright/test";
import { label } from "@/domain/naming";

const docker = new Docker();

export type Resources = { containers: string[]; images: string[]; networks: string[] };

export const noResources: Resources = { containers: [], images: [], networks: [] };

export function findByService(serviceId: string): Promise<Resources> {
  return findByLabel(label.service, serviceId);
}

export async function findNetworks(environmentId: string): Promise<string[]> {
  return (await findByLabel(label.environment, environmentId)).networks;
}

/** Of a service that has a container. */
export async function readEnvironmentId(serviceId: string): Promise<string> {
  const [container = ""] = (await findByService(serviceId)).containers;
  const { Config } = await docker.getContainer(container).inspect();
  return Config.Labels[label.environment] ?? "";
}

export async function expectNothingOnEngine(instanceId: string): Promise<void> {
  expect(await findByLabel(label.instance, instanceId)).toEqual(noResources);
}

/** Environment of a container as it was started, and that of its image. */
export async function readEnvironment(name: string): Promise<{ container: string[]; image: string[] }> {
  const { Config, Image } = await docker.getContainer(name).inspect();
  const image = await docker.getImage(Image).inspect();
  return { container: Config.Env, image: image.Config.Env ?? [] };
}

/** As the kernel does it when memory is short, or a crash: the Engine starts the container again by its restart policy. */
export async function killApplication(serviceId: string): Promise<void> {
  const containers = await docker.listContainers({ filters: { label: [`${label.service}=${serviceId}`] } });
  for (const { Id } of containers) process.kill((await docker.getContainer(Id).inspect()).State.Pid, "SIGKILL");
}

async function findByLabel(name: string, value: string): Promise<Resources> {
  const filters = { label: [`${name}=${value}`] };
  const [containers, images, networks] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listImages({ filters: JSON.stringify(filters) }),
    docker.listNetworks({ filters }),
  ]);
  return {
    containers: containers.map(({ Names, Id }) => Names[0]?.slice(1) ?? Id).sort(),
    images: images.map(({ RepoTags, Id }) => RepoTags?.[0] ?? Id).sort(),
    networks: networks.map(({ Name }) => Name).sort(),
  };
}
