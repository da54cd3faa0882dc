import { createGitBed } from "@/testing/git-bed";
import { gitContract } from "@/testing/ports/git-contract";

gitContract("git program", async () => {
  const { git, server, close } = await createGitBed();
  return {
    git,
    createRepository: (name, options) => server.createRepository(name, options),
    deleteBranch: (name, branch) => server.deleteBranch(name, branch),
    tearDown: close,
  };
});
