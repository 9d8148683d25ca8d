import { parseSgr, type TextRun, type TextStyle } from "./parse-sgr.ts";

/** The sixteen colours, by their last digit: normal and bright. */
const NORMAL = ["#484f58", "#ff7b72", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#c9d1d9"];
const BRIGHT = ["#6e7681", "#ffa198", "#7ee787", "#f0c95b", "#a5d6ff", "#e2c5ff", "#7ce3ea", "#ffffff"];
const CRITICAL_BACKGROUND = "#c93c37";

const STYLE = `
  body { margin: 0; background: transparent; }
  main { display: inline-block; padding: 14px 22px 18px; border-radius: 10px; background: #0d1117; color: #d6dde6; }
  header { height: 12px; margin-bottom: 14px; }
  header i { display: inline-block; width: 12px; height: 12px; margin-right: 8px; border-radius: 6px; background: #30363d; }
  pre { margin: 0; font: 14px/1.38 "DejaVu Sans Mono", monospace; font-variant-ligatures: none; }
`;

/** A page that shows terminal output as a dark terminal would; its `main` is what a picture is taken of. */
export function terminalPage(text: string): string {
  const lines = text.split("\n").map((line) => parseSgr(line).map(runHtml).join(""));
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><main><header><i></i><i></i><i></i></header><pre>${lines.join("\n")}</pre></main>`;
}

function runHtml({ text, style }: TextRun): string {
  const css = cssOf(style);
  return css === "" ? escapeHtml(text) : `<span style="${css}">${escapeHtml(text)}</span>`;
}

function cssOf({ bold, dim, color, background }: TextStyle): string {
  return [
    bold ? "font-weight:700" : "",
    dim ? "opacity:.62" : "",
    color === null ? "" : `color:${hexOf(color)}`,
    background === null
      ? ""
      : `background:${background === 41 ? CRITICAL_BACKGROUND : hexOf(background - 10)}`,
  ]
    .filter((rule) => rule !== "")
    .join(";");
}

function hexOf(code: number): string | undefined {
  return (code >= 90 ? BRIGHT : NORMAL)[code % 10];
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
