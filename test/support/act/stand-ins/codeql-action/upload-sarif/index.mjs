import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const { env } = process;
const head = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
const sarif = gzipSync(readFileSync(env.INPUT_SARIF_FILE)).toString("base64");
const url = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}/code-scanning/sarifs`;
const answer = await fetch(url, {
  method: "POST",
  headers: { authorization: `Bearer ${env.INPUT_TOKEN}`, "content-type": "application/json" },
  body: JSON.stringify({ commit_sha: head, ref: "refs/heads/main", sarif }),
});
if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
