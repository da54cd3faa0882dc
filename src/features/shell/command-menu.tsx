"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Box, FolderClosed, HardDrive, Settings, Shapes } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useDeferredValue, useState } from "react";
import { useTRPC } from "@/features/api/trpc";
import { useCurrentOrganization } from "@/features/organizations/use-organization";
import { useMaySeeStorage } from "@/features/session/viewer-context";
import { overlayClasses, panelClasses } from "@/ui/dialog";

export type CommandMenuProps = { open: boolean; onOpenChange: (open: boolean) => void };

const listed = 100;

/** Jumps to a project, a service or a page by typing a part of its name. */
export function CommandMenu({ open, onOpenChange }: CommandMenuProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const maySeeStorage = useMaySeeStorage();
  const organizationId = useCurrentOrganization()?.id ?? "";
  const enabled = open && organizationId !== "";
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed);
  const input = { organizationId, limit: listed, search };
  const options = { enabled, placeholderData: keepPreviousData };
  const projects = useQuery(trpc.project.list.queryOptions(input, options));
  const services = useQuery(trpc.service.listByOrganization.queryOptions(input, options));

  const go = (path: string) => {
    onOpenChange(false);
    router.push(path);
  };
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayClasses} />
        <Primitive.Content className={panelClasses} aria-describedby={undefined}>
          <Primitive.Title className="sr-only">Go to</Primitive.Title>
          <Command label="Go to" filter={matches} className="flex min-h-0 flex-col">
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder="Project, service or page"
              className="h-12 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-subtle max-sm:text-[1rem]"
            />
            <Command.List className="min-h-0 overflow-y-auto p-2">
              <Command.Empty className="px-3 py-6 text-center text-muted">Nothing of this name.</Command.Empty>
              <Group heading="Services">
                {services.data?.items.map((service) => (
                  <Item
                    key={service.id}
                    id={service.id}
                    words={[service.name, service.projectName]}
                    onSelect={() => go(`/services/${service.id}`)}
                  >
                    <Box aria-hidden />
                    <span className="truncate">{service.name}</span>
                    <span className="ml-auto truncate text-subtle text-xs">{service.projectName}</span>
                  </Item>
                ))}
              </Group>
              <Group heading="Projects">
                {projects.data?.items.map((project) => (
                  <Item
                    key={project.id}
                    id={project.id}
                    words={[project.name]}
                    onSelect={() => go(`/projects/${project.id}`)}
                  >
                    <FolderClosed aria-hidden />
                    <span className="truncate">{project.name}</span>
                  </Item>
                ))}
              </Group>
              <Group heading="Pages">
                <Item id="page:projects" words={["All projects"]} onSelect={() => go("/projects")}>
                  <Shapes aria-hidden />
                  All projects
                </Item>
                <Item
                  id="page:account"
                  words={["Account settings", "Sessions", "Sign out"]}
                  onSelect={() => go("/settings/account")}
                >
                  <Settings aria-hidden />
                  Account settings
                </Item>
                {maySeeStorage && (
                  <Item
                    id="page:storage"
                    words={["Storage", "Disk", "Cleanup", "Images"]}
                    onSelect={() => go("/settings/storage")}
                  >
                    <HardDrive aria-hidden />
                    Storage
                  </Item>
                )}
              </Group>
            </Command.List>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Every word that was typed stands in the item's words. */
function matches(_id: string, search: string, words: string[] = []): number {
  const text = words.join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
    ? 1
    : 0;
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-subtle [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

/** `id` tells apart what bears the same name; `words` are what one may type to find it. */
type ItemProps = { id: string; words: string[]; onSelect: () => void; children: ReactNode };

function Item({ id, words, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={id}
      keywords={words}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm data-[selected=true]:bg-hover max-sm:h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-subtle"
    >
      {children}
    </Command.Item>
  );
}
