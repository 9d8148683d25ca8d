import { mkdir, writeFile } from "node:fs/promises";
import { devNull } from "node:os";
import path from "node:path";
import { AuditError } from "../../model/audit-error.ts";
import type { AuditReport } from "../../report/audit-report.ts";
import { markdownReport } from "../../report/markdown-report.ts";
import { sarifReport } from "../../report/sarif-report.ts";
import { textReport } from "../../report/text-report.ts";
import { given } from "./given.ts";
import { choose, misunderstood } from "./parse-options.ts";

const FORMATS = ["text", "json", "markdown", "sarif"] as const;
export type Format = (typeof FORMATS)[number];

/** Where one format goes: a file, or standard output for null. */
export interface Output {
  readonly format: Format;
  readonly file: string | null;
}

/** Read `json` or `json=report.json`; `json=-` is standard output, as for inputs. */
export const parseOutput = formatParser("--output", FORMATS, "json=report.json");

/**
 * Reads where a format goes, as an option has it: `FORMAT` or `FORMAT=FILE`.
 *
 * @throws {AuditError} `usage`.
 */
export function formatParser<Name extends string>(
  option: string,
  formats: readonly Name[],
  example: string,
): (text: string) => { readonly format: Name; readonly file: string | null } {
  return (text) => {
    const [name = "", ...rest] = text.split("=");
    const format = formats.find((each) => each === name);
    const file = rest.length === 0 || rest.join("=") === "-" ? null : rest.join("=");
    if (format !== undefined && file !== "") return { format, file };
    throw misunderstood(
      option,
      text,
      choose(name, formats, `, with =FILE to write to a file: ${option} ${example}`),
    );
  };
}

/** Standard output holds one format, and so does a file: two would run into each other. */
export function checkOutputs(outputs: readonly { readonly file: string | null }[]): void {
  const twice = outputs.find(({ file }, index) =>
    outputs.slice(0, index).some((earlier) => isSamePlace(earlier.file, file)),
  );
  if (twice === undefined) return;
  throw new AuditError({
    code: "usage",
    what: `Two outputs would go to ${twice.file ?? "standard output"}`,
    mend: "Give all but one a file of its own: --output text --output json=report.json.",
  });
}

/** A folder takes a file for each, and the null device takes anything. */
function isSamePlace(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return left === right;
  return left !== devNull && !left.endsWith("/") && path.resolve(left) === path.resolve(right);
}

export interface Writing {
  readonly color: boolean;
  readonly width: number;
  readonly now: Date;
  readonly showIgnored: boolean;
  /** What the configuration calls the repository, where there are several reports. */
  readonly repository?: string;
}

/**
 * Write the files.
 *
 * @returns What goes to standard output; "" where nothing does.
 * @throws {AuditError} `output-unwritable`.
 */
export async function writeOutputs(
  report: AuditReport,
  outputs: readonly Output[],
  writing: Writing,
): Promise<string> {
  let shown = "";
  for (const { format, file } of outputs) {
    const text = await renderReport(report, format, file === null ? writing : { ...writing, color: false });
    if (file === null) shown = text;
    else await writeOutputFile(file, text);
  }
  return shown;
}

/** One report in one format. */
export async function renderReport(
  report: AuditReport,
  format: Format,
  { color, width, now, showIgnored, repository }: Writing,
): Promise<string> {
  switch (format) {
    case "text":
      return textReport(report, { color, width, now, showIgnored });
    case "markdown":
      return markdownReport(report, { now, showIgnored });
    case "json":
      return (await import("../../report/json-report.ts")).jsonReport(report);
    case "sarif":
      return sarifReport(report, { now, showIgnored, ...given({ repository }) });
    default:
      return format satisfies never;
  }
}

export async function writeOutputFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** The same, in a folder that may have to be made. */
export async function writeWithFolder(file: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
  } catch (error) {
    throw unwritable(file, error);
  }
  await writeOutputFile(file, text);
}

export function unwritable(file: string, error: unknown): AuditError {
  const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return new AuditError({
    code: "output-unwritable",
    what: `Cannot write to ${file} (${reason})`,
    where: { file },
    mend: "Name a file in a folder that exists and that you may write to.",
    cause: error,
  });
}
