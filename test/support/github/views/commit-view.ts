import type { Commit } from "../state/commits.ts";
import type { PullFile, Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { apiOf, htmlOf } from "./repository-view.ts";
import { userOrNull } from "./user-view.ts";

/** A commit; its author is a user where one has the email, else null, as on GitHub. */
export function commitView(world: World, repository: Repository, commit: Commit) {
  const api = apiOf(world, repository);
  const html = htmlOf(world, repository);
  const url = `${api}/commits/${commit.sha}`;
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    url,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: {
        verified: false,
        reason: "unsigned",
        signature: null,
        payload: null,
        verified_at: null,
      },
    },
    author: userOrNull(world, world.users.byEmail(commit.author.email)),
    committer: userOrNull(world, world.users.byEmail(commit.committer.email)),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
  };
}

export function fileView(world: World, repository: Repository, at: string, file: PullFile) {
  const path = file.filename.split("/").map(encodeURIComponent).join("/");
  const html = htmlOf(world, repository);
  return {
    sha: null,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${at}/${path}`,
    raw_url: `${html}/raw/${at}/${path}`,
    contents_url: `${apiOf(world, repository)}/contents/${path}?ref=${at}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousFilename === undefined ? {} : { previous_filename: file.previousFilename }),
  };
}
