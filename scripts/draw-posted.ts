/**
 * Draws what the Action posts, as GitHub shows it: docs/images/*.png, from the golden text of the examples' tests, whose
 * placeholders are filled in. Needs Chromium (at CHROMIUM or /usr/bin/chromium) and pngquant.
 *
 *   npm run posted:draw
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";
import { renderGitHub } from "../test/support/markdown/render-github.ts";
import { fillPlaceholders } from "./draw/fill-placeholders.ts";
import { githubPage } from "./draw/github-page.ts";

const root = path.resolve(import.meta.dirname, "..");
const images = path.join(root, "docs/images");

const pictures = [
  {
    file: "pull-request.png",
    who: "github-actions bot commented",
    text: firstPart("pull-request-pushed.md"),
  },
  {
    file: "drift-issue.png",
    who: "github-actions bot opened this issue",
    text: firstPart("drift-issue-2-opened.md"),
  },
  { file: "deployment.png", who: "deploy summary", text: summary("deploy-overwritten.txt") },
];

await mkdir(images, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});
try {
  const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 980, height: 1000 } });
  for (const { file, who, text } of pictures) {
    await page.setContent(githubPage(renderGitHub(fillPlaceholders(text)), who));
    const target = path.join(images, file);
    await page.locator("main").screenshot({ path: target });
    execFileSync("pngquant", ["--force", "--strip", "--speed=1", `--output=${target}`, "64", target]);
    console.log(`${file}: ${(await stat(target)).size} bytes`);
  }
} finally {
  await browser.close();
}

/** The comment or the issue's own text, without the line that heads it in the golden file, nor what follows. */
function firstPart(name: string): string {
  const [part = ""] = parts(name);
  const body = part.slice(part.indexOf("\n") + 1);
  // An issue's state, its labels and assignees stand on a line of their own.
  return body.startsWith("<!--") ? body : body.slice(body.indexOf("\n") + 1);
}

/** What the gate has to say; the whole report follows it. */
function summary(name: string): string {
  const found = parts(name).find((part) => part.startsWith("Summary")) ?? "";
  const end = found.indexOf("\n## ", found.indexOf("## ") + 3);
  return found.slice("Summary\n".length, end);
}

function parts(name: string): readonly string[] {
  const text = readFileSync(path.join(root, "test/examples/golden", name), "utf8");
  return text.split(/^━━ /m).slice(1);
}
