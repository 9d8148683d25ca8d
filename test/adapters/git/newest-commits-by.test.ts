import { expect, test } from "vitest";
import { openGitHistory } from "../../../src/adapters/git/open-git-history.ts";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";

const ann = { name: "Ann Lee", email: "ann@example.com" };

test("the newest commit of an address is found by the address alone, as the commit has it", async () => {
  const history = new RepositoryBuilder();
  const commit = (author: { name: string; email: string }, number: number) =>
    history.commit({ message: `c${number}`, author, files: { "a.txt": String(number) } });
  commit(ann, 1);
  const newest = commit({ name: "A. Lee", email: "Ann@Example.com" }, 2);
  commit({ name: "Joann", email: "joann@example.com" }, 4);
  const dotted = commit({ name: "Bo", email: "bo.chen@example.com" }, 5);
  commit({ name: "Bo", email: "boxchen@example.com" }, 6);
  history.commit({
    message: "map",
    author: { name: "Cy", email: "cy@example.com" },
    files: { ".mailmap": "Ann Lee <ann@example.com> <joann@example.com>\n" },
  });
  await using repository = await history.write();
  const git = await openGitHistory({ dir: repository.dir });

  const asked = ["ANN@example.com", "bo.chen@example.com", "nobody@example.com", "example.com"];
  const found = await git.newestCommitsBy(asked, await git.resolveCommit("main"));

  expect(Object.fromEntries(found)).toEqual({
    "ann@example.com": repository.sha(newest),
    "bo.chen@example.com": repository.sha(dotted),
  });
});
