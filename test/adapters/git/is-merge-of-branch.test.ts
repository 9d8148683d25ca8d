import { describe, expect, test } from "vitest";
import { isMergeOfBranch } from "../../../src/adapters/git/is-merge-of-branch.ts";

describe("a merge that took a branch into the line it stands on", () => {
  test.each([
    "Merge pull request #12 from ann/allowlist",
    "Merge pull request 'Allow less' (#12) from ann/allowlist into main",
    "Merged in allowlist (pull request #12)",
    "Merged PR 12: Allow less",
    "Pull request #12: Allow less",
    "Merge branch 'allowlist'",
    "Merge branch 'allowlist' into 'main'",
    "Merge branch 'ann/allowlist' into main",
    "Merge remote-tracking branch 'origin/allowlist'",
    "Merge branch 'main-menu'",
  ])("%s", (subject) => {
    expect(isMergeOfBranch(subject)).toBe(true);
  });
});

describe("a merge that may have gone the other way round", () => {
  test.each([
    "Merge branch 'main' of github.com:acme/shop",
    "Merge branch 'release-1.2' of github.com:acme/shop into release-1.2",
    "Merge branch 'main' of https://git.example.com/shop into allowlist",
    "Merge remote-tracking branch 'origin/main'",
    "Merge remote-tracking branch 'origin/release-1.2' into release-1.2",
    "Merge remote-tracking branch 'upstream/master' into allowlist",
    "Merge branch 'main' into allowlist",
    "Merge branch 'main'",
    "Merge commit '1a2b3c4d'",
    "merge everything",
    "",
  ])("%s", (subject) => {
    expect(isMergeOfBranch(subject)).toBe(false);
  });
});
