import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const { env } = process;
const repository = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}`;
const headers = { authorization: `Bearer ${env["INPUT_GITHUB-TOKEN"]}` };
const folder = env.INPUT_PATH;

const list = await get(`${repository}/actions/runs/${env["INPUT_RUN-ID"]}/artifacts?name=${env.INPUT_NAME}`);
const [artifact] = (await list.json()).artifacts;
if (artifact === undefined) throw new Error(`The run has no artifact ${env.INPUT_NAME}`);
const zip = Buffer.from(
  await (await get(`${repository}/actions/artifacts/${artifact.id}/zip`)).arrayBuffer(),
);
mkdirSync(folder, { recursive: true });
for (const { name, content } of storedFiles(zip))
  writeFileSync(path.join(folder, path.basename(name)), content);

async function get(url) {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** Files of a zip that are stored as they are. */
function* storedFiles(zip) {
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50; ) {
    const size = zip.readUInt32LE(at + 18);
    const name = zip.toString("utf8", at + 30, at + 30 + zip.readUInt16LE(at + 26));
    const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
    yield { name, content: zip.subarray(start, start + size) };
    at = start + size;
  }
}
