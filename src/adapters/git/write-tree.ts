/** Runs git in one repository, with whatever variables it needs. */
export type RunGit = (args: readonly string[], input?: string | Buffer) => Promise<Buffer>;

interface FileContent {
  readonly path: string;
  /** null takes the file out. */
  readonly content: Buffer | null;
}

/**
 * Write the tree of a commit with other contents; a file keeps its mode.
 *
 * @param git Has an index of its own, which is overwritten.
 * @returns The tree's id.
 */
export async function writeTree(git: RunGit, base: string, files: readonly FileContent[]): Promise<string> {
  await git(["read-tree", base]);
  const entries: string[] = [];
  for (const { path, content } of files) {
    if (content === null) entries.push(`0 ${"0".repeat(base.length)}\t${path}\0`);
    else entries.push(`${await modeOf(git, base, path)} ${await writeBlob(git, content)}\t${path}\0`);
  }
  await git(["update-index", "-z", "--index-info"], entries.join(""));
  return text(await git(["write-tree"]));
}

async function modeOf(git: RunGit, base: string, path: string): Promise<string> {
  const entry = text(await git(["--literal-pathspecs", "ls-tree", "-z", base, "--", path]));
  return /^(100\d{3}) blob/.exec(entry)?.[1] ?? "100644";
}

/** As it is: no filter of the repository runs. */
async function writeBlob(git: RunGit, content: Buffer): Promise<string> {
  return text(await git(["hash-object", "-w", "-t", "blob", "--stdin"], content));
}

function text(output: Buffer): string {
  return output.toString("utf8").trim();
}
