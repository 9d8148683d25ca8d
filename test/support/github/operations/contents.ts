import { createHash } from "node:crypto";
import { type Answer, notFound, ok } from "../http/answer.ts";
import { fileAt } from "../state/commits.ts";
import type { Repository } from "../state/repository.ts";
import { apiOf, htmlOf } from "../views/repository-view.ts";
import type { Operations, RepositoryCall } from "./operation.ts";

/** Files only, as JSON with the content in base64 or raw; a folder is answered as not found. */
export const CONTENTS: Operations = {
  "repos/get-content": { needs: [["contents", "read"]], run: getContent },
};

async function getContent(call: RepositoryCall): Promise<Answer> {
  const path = String(call.path.path);
  const ref = typeof call.query.ref === "string" ? call.query.ref : call.repository.defaultBranch;
  const file = await findFile(call.repository, ref, path);
  if (file === null) return notFound();
  const { content } = file;
  if (/vnd\.github(\.v3)?\.raw/.test(call.accept)) {
    return { status: 200, bytes: { type: "application/vnd.github.raw+json; charset=utf-8", content } };
  }
  return ok(contentView(call, { path, ref, sha: file.sha, content }));
}

async function findFile(repository: Repository, ref: string, path: string) {
  const written = repository.files.get(path);
  if (written === undefined) return fileAt(repository, ref, path);
  return { content: Buffer.from(written), sha: createHash("sha1").update(written).digest("hex") };
}

function contentView(
  { world, repository }: RepositoryCall,
  file: { readonly path: string; readonly ref: string; readonly sha: string; readonly content: Buffer },
) {
  const url = `${apiOf(world, repository)}/contents/${file.path}?ref=${encodeURIComponent(file.ref)}`;
  const git = `${apiOf(world, repository)}/git/blobs/${file.sha}`;
  const html = `${htmlOf(world, repository)}/blob/${file.ref}/${file.path}`;
  return {
    type: "file",
    name: file.path.split("/").at(-1) ?? file.path,
    path: file.path,
    sha: file.sha,
    size: file.content.length,
    encoding: "base64",
    content: `${(file.content.toString("base64").match(/.{1,60}/g) ?? []).join("\n")}\n`,
    url,
    git_url: git,
    html_url: html,
    download_url: `${htmlOf(world, repository)}/raw/${file.ref}/${file.path}`,
    _links: { self: url, git, html },
  };
}
