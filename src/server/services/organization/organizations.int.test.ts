import { afterAll, beforeAll, expect, it } from "vitest";
import type { UserContext } from "@/server/context";
import { getViewer } from "@/server/services/user/get-viewer";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeMember, makeOrganization } from "@/testing/factories";
import { makeServiceContext } from "@/testing/service-context";
import { createOrganization } from "./create-organization";
import { renameOrganization } from "./rename-organization";

describeWithDatabase("organizations", () => {
  let database: TestDatabase;
  let context: UserContext;
  beforeAll(async () => {
    database = await createTestDatabase();
    const { user, session } = await makeMember(database.db, (await makeOrganization(database.db)).id, "viewer");
    const actor = { type: "user" as const, userId: user.id, sessionId: session.id, address: null };
    context = { ...makeServiceContext(database.db), actor };
  });
  afterAll(() => database.drop());

  it("belongs to who made it, has an address of its own, and keeps it under a new name", async () => {
    const first = await createOrganization(context, { name: "Side Project" });
    const second = await createOrganization(context, { name: "Side project!" });
    expect([first.slug, second.slug]).toEqual(["side-project", "side-project-2"]);
    await renameOrganization({ ...context, organizationId: first.id }, { organizationId: first.id, name: "Main" });
    expect((await getViewer(context)).organizations).toEqual(
      expect.arrayContaining([
        { id: first.id, slug: "side-project", name: "Main", role: "owner" },
        { id: second.id, slug: "side-project-2", name: "Side project!", role: "owner" },
      ]),
    );
  });
});
