const CODES = {
  bold: "1",
  dim: "2",
  red: "31",
  green: "32",
  yellow: "33",
  cyan: "36",
  boldRed: "1;31",
  boldGreen: "1;32",
  boldYellow: "1;33",
  boldBlue: "1;34",
  boldMagenta: "1;35",
  boldCyan: "1;36",
  badge: "1;97;41",
} as const;

export type Style = keyof typeof CODES;

/** Colours a text; the text must be escaped already. */
export type Paint = (style: Style | null, text: string) => string;

/** @param color False gives back every text as it is. */
export function createPaint(color: boolean): Paint {
  return (style, text) =>
    color && style !== null && text !== "" ? `\x1b[${CODES[style]}m${text}\x1b[0m` : text;
}
