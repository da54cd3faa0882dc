import { createFakeGit } from "./fake-git";
import { gitContract } from "./git-contract";

gitContract("fake", async () => {
  const git = createFakeGit();
  const urlOf = (name: string) => `https://git.example.com/${name}.git`;
  return {
    git,
    createRepository: async (name, options) => git.createRepository(urlOf(name), options),
    deleteBranch: async (name, branch) => git.deleteBranch(urlOf(name), branch),
    tearDown: async () => {},
  };
});
