/** How a run of terminal text looks. */
export interface TextStyle {
  readonly bold: boolean;
  readonly dim: boolean;
  /** An SGR number, 30 to 37 or 90 to 97; null for the terminal's own. */
  readonly color: number | null;
  /** Likewise, 40 to 47 or 100 to 107. */
  readonly background: number | null;
}

export interface TextRun {
  readonly text: string;
  readonly style: TextStyle;
}

export const PLAIN: TextStyle = { bold: false, dim: false, color: null, background: null };

/**
 * Split one line of terminal output by its colour codes (SGR; each must end within the line).
 *
 * @throws {RangeError} On any other control sequence, and on colours beyond the sixteen.
 */
export function parseSgr(line: string): readonly TextRun[] {
  const runs: TextRun[] = [];
  let style = PLAIN;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  for (const [, codes, text] of line.matchAll(/\x1b\[([\d;]*)m|([^\x1b]+|\x1b)/g)) {
    if (text === "\x1b") throw new RangeError(`not a colour code in ${JSON.stringify(line)}`);
    if (text !== undefined) runs.push({ text, style });
    else style = (codes === "" ? "0" : (codes ?? "0")).split(";").map(Number).reduce(applyCode, style);
  }
  return runs;
}

function applyCode(style: TextStyle, code: number): TextStyle {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) return { ...style, color: code };
  if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) return { ...style, background: code };
  throw new RangeError(`SGR ${code} is not drawn`);
}
