/**
 * Draws the README's pictures from what the demo prints: docs/images/*.png. Needs Chromium (at CHROMIUM or
 * /usr/bin/chromium) and pngquant: `apt-get install chromium pngquant`.
 *
 *   npm run demo:draw
 */
import { execFileSync } from "node:child_process";
import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { chromium } from "playwright-core";
import { terminalPage } from "./draw/terminal-page.ts";

const root = path.resolve(import.meta.dirname, "..");
const images = path.join(root, "docs/images");
/** The sections that the picture of the report shows; a `⋮` stands where others are left out. */
const SHOWN = ["shop/web", "shop/search", "Summary"];

const pictures = [
  { file: "report.png", text: abridge(printed("demo")) },
  { file: "blame.png", text: printed("demo", "--blame", "shop/checkout") },
];

await mkdir(images, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});
try {
  const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 1400, height: 1000 } });
  for (const { file, text } of pictures) {
    await page.setContent(terminalPage(text.trimEnd()));
    const target = path.join(images, file);
    await page.locator("main").screenshot({ path: target, omitBackground: true });
    execFileSync("pngquant", ["--force", "--strip", "--speed=1", `--output=${target}`, "64", target]);
    console.log(`${file}: ${(await stat(target)).size} bytes`);
  }
} finally {
  await browser.close();
}

/** What the command line prints, in colour, 100 columns wide. */
function printed(...args: readonly string[]): string {
  const main = path.join(root, "src/entry/cli/main.ts");
  const { NO_COLOR: _, ...env } = process.env;
  return execFileSync(process.execPath, [main, ...args], {
    env: { ...env, FORCE_COLOR: "1" },
    encoding: "utf8",
  });
}

/** The sections of {@link SHOWN}, without what the demo says after the report. */
function abridge(output: string): string {
  const report = output.slice(0, output.indexOf("\nOn that cluster"));
  const [header = "", ...sections] = report.split(/^(?=\S*── )/m);
  const isShown = (section: string | undefined) =>
    SHOWN.some((name) => stripVTControlCharacters(section ?? "").startsWith(`── ${name}`));
  const kept = sections.flatMap((section, index) => {
    if (isShown(section)) return [section];
    return isShown(sections[index - 1]) ? ["   ⋮\n\n"] : [];
  });
  return header + kept.join("");
}
