import { decodePath, fieldSplitter } from "./split-fields.ts";

export interface LoggedCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly committedAt: number;
  readonly authoredAt: number;
}

export interface LoggedChange {
  /** Index of the commit in `commits`. */
  readonly commit: number;
  readonly path: string;
  readonly blob: string | null;
  readonly previousBlob: string | null;
}

export interface ParsedLog {
  readonly commits: readonly LoggedCommit[];
  readonly changes: readonly LoggedChange[];
}

/** What {@link parseLog} reads beside `--raw -z --no-abbrev`: neither names nor subjects, so nothing to escape. */
export const LOG_FORMAT = "--format=%H %P %at %ct";

/**
 * Read the stream of `git log --raw -z --no-abbrev` with {@link LOG_FORMAT}.
 *
 * Only regular files count: a symbolic link or a submodule is nothing at its path, and a change of mode alone is no
 * change. A path that is not UTF-8 is left out, as no selector can name it.
 *
 * @param matches Which paths to keep.
 * @see https://git-scm.com/docs/git-diff#_raw_output_format
 */
export async function parseLog(
  output: AsyncIterable<Buffer>,
  matches: (path: string) => boolean,
): Promise<ParsedLog> {
  const commits: LoggedCommit[] = [];
  const changes: LoggedChange[] = [];
  const intern = interner();
  const decodeSelected = selectedPaths(matches, intern);
  const split = fieldSplitter();
  let sides: Sides | null = null;
  for await (const chunk of output) {
    for (const field of split(chunk)) {
      if (sides !== null) {
        const path = sides.blob === sides.previousBlob ? null : decodeSelected(field);
        if (path !== null) changes.push({ commit: commits.length - 1, path, ...sides });
        sides = null;
      } else if (isRawLine(field)) sides = readSides(field, intern);
      else commits.push(readCommit(field, intern));
    }
  }
  return { commits, changes };
}

type Sides = Pick<LoggedChange, "blob" | "previousBlob">;
type Intern = (text: string) => string;

const NEWLINE = 0x0a;
const COLON = 0x3a;

/** A raw line starts with a colon, the first one of a commit with a newline before it. */
function isRawLine(field: string): boolean {
  const first = field.charCodeAt(0);
  return first === COLON || (first === NEWLINE && field.charCodeAt(1) === COLON);
}

/** A commit whose header is broken has no time. */
function readCommit(field: string, intern: Intern): LoggedCommit {
  const beforeCommitted = field.lastIndexOf(" ");
  const beforeAuthored = field.lastIndexOf(" ", beforeCommitted - 1);
  const [sha = "", ...parents] = field.slice(0, beforeAuthored).split(" ");
  return {
    sha: intern(sha),
    parents: parents.filter((parent) => parent !== "").map(intern),
    committedAt: Number(field.slice(beforeCommitted + 1)),
    authoredAt: Number(field.slice(beforeAuthored + 1, beforeCommitted)),
  };
}

/** `:<old mode> <mode> <old blob> <blob> <status>`; a mode has six digits. */
function readSides(field: string, intern: Intern): Sides {
  const oldMode = field.indexOf(":") + 1;
  const mode = oldMode + 7;
  const oldBlob = mode + 7;
  const blob = field.indexOf(" ", oldBlob) + 1;
  return {
    blob: isRegular(field, mode) ? intern(field.slice(blob, field.indexOf(" ", blob))) : null,
    previousBlob: isRegular(field, oldMode) ? intern(field.slice(oldBlob, blob - 1)) : null,
  };
}

function isRegular(field: string, mode: number): boolean {
  return field.startsWith("100", mode);
}

/** One string for each distinct text: 80,000 commits repeat the same few, and a slice would keep its whole chunk alive. */
function interner(): Intern {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const own = ` ${text}`.slice(1); // of a string that was just joined, a slice keeps nothing else alive
    known.set(own, own);
    return own;
  };
}

/** Each distinct path is decoded and matched once. */
function selectedPaths(matches: (path: string) => boolean, intern: Intern): (field: string) => string | null {
  const known = new Map<string, string | null>();
  return (field) => {
    const found = known.get(field);
    if (found !== undefined) return found;
    const own = intern(field);
    const path = decodePath(own);
    const selected = path !== null && matches(path) ? path : null;
    known.set(own, selected);
    return selected;
  };
}
