/** What one path holds after a commit. */
export type TreeEntry =
  | { readonly mode: "100644" | "100755" | "120000"; readonly content: Buffer }
  | { readonly mode: "160000"; readonly commit: string };

export interface Identity {
  readonly name: string | Buffer;
  readonly email: string;
}

export interface ImportedCommit {
  readonly ref: string;
  readonly mark: string;
  readonly author: Identity;
  readonly authoredAt: string;
  readonly committer: Identity;
  readonly committedAt: string;
  readonly message: Buffer;
  readonly parents: readonly string[];
  /** By path; null deletes it. */
  readonly changes: ReadonlyMap<string, TreeEntry | null>;
}

/** @see https://git-scm.com/docs/git-fast-import#_commit */
export function importCommit(commit: ImportedCommit): Buffer {
  const [firstParent, ...otherParents] = commit.parents;
  return Buffer.concat([
    text(firstParent === undefined ? `reset ${commit.ref}\n` : ""),
    text(`commit ${commit.ref}\nmark ${commit.mark}\n`),
    signature("author", commit.author, commit.authoredAt),
    signature("committer", commit.committer, commit.committedAt),
    data(commit.message),
    text(firstParent === undefined ? "" : `from ${firstParent}\n`),
    ...otherParents.map((parent) => text(`merge ${parent}\n`)),
    ...inOrder(commit.changes).map(([path, entry]) => importChange(path, entry)),
    text("\n"),
  ]);
}

export function importRef(ref: string, at: string): Buffer {
  return text(`reset ${ref}\nfrom ${at}\n\n`);
}

/** Deletions first: a file may take the place of a folder. */
function inOrder(changes: ImportedCommit["changes"]): [string, TreeEntry | null][] {
  return [...changes].sort(([, left], [, right]) => Number(left !== null) - Number(right !== null));
}

function importChange(path: string, entry: TreeEntry | null): Buffer {
  if (entry === null) return text(`D ${quoted(path)}\n`);
  if (entry.mode === "160000") return text(`M 160000 ${entry.commit} ${quoted(path)}\n`);
  return Buffer.concat([text(`M ${entry.mode} inline ${quoted(path)}\n`), data(entry.content)]);
}

function signature(role: string, person: Identity, at: string): Buffer {
  const zone = /([+-]\d\d):?(\d\d)$/.exec(at);
  const seconds = Math.floor(Date.parse(at) / 1000);
  return Buffer.concat([
    text(`${role} `),
    Buffer.isBuffer(person.name) ? person.name : text(person.name),
    text(` <${person.email}> ${seconds} ${zone === null ? "+0000" : `${zone[1]}${zone[2]}`}\n`),
  ]);
}

function data(content: Buffer): Buffer {
  return Buffer.concat([text(`data ${content.length}\n`), content, text("\n")]);
}

function quoted(path: string): string {
  const escaped = path.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n");
  return `"${escaped}"`;
}

function text(value: string): Buffer {
  return Buffer.from(value, "utf8");
}
