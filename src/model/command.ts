/** A command for people to run; nothing here runs it. */
export interface Command {
  /** The program and its arguments, not quoted. */
  readonly argv: readonly string[];
  /** What its standard input gets; null for nothing. */
  readonly stdin: string | null;
}
