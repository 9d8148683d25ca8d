import type { Command } from "../../model/command.ts";

/** A command as a POSIX shell reads it, whatever its arguments hold; to be pasted or piped. */
export function shellCommand({ argv, stdin }: Command): string {
  const words = argv.map(shellWord).join(" ");
  if (stdin === null) return `${words}\n`;
  const end = delimiterFor(stdin);
  return `${words} <<'${end}'\n${stdin.endsWith("\n") ? stdin : `${stdin}\n`}${end}\n`;
}

/** Within single quotes nothing but a single quote means anything. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function delimiterFor(text: string): string {
  const lines = new Set(text.split("\n"));
  let end = "EOF";
  while (lines.has(end)) end += "_";
  return end;
}
