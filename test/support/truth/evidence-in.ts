import { readFile, writeFile } from "node:fs/promises";
import type { Evidence } from "./audit-story.ts";
import type { Mode } from "./judge.ts";
import type { Story } from "./life.ts";
import { ALL_LOSSES, lossy, shuffledFiles, withAnotherCluster } from "./lossy-logs.ts";
import { seededRandom } from "./random.ts";

/** A finished story, and what the cluster showed of it. */
export interface TakenStory {
  readonly story: Story;
  readonly evidence: Evidence;
}

/** A story's evidence as a mode has it: the log whole, in other files, poorer, or with a neighbour's events in it. */
export async function evidenceIn(
  mode: Mode,
  { evidence, story }: TakenStory,
  neighbour: TakenStory,
): Promise<Evidence> {
  const logs = await logsIn(mode, evidence, story, neighbour);
  if (logs === null) return evidence;
  const auditLog = logs.map((_, index) => `${evidence.auditLog[0]}.${index}`);
  for (const [index, file] of auditLog.entries()) await writeFile(file, `${logs[index]?.join("\n")}\n`);
  return { ...evidence, auditLog };
}

async function logsIn(
  mode: Mode,
  evidence: Evidence,
  { seed }: Story,
  neighbour: TakenStory,
): Promise<string[][] | null> {
  const random = seededRandom(seed);
  if (mode === "shuffled files") return shuffledFiles(await linesOf(evidence), random);
  if (mode === "two clusters") {
    const other = { lines: await linesOf(neighbour.evidence), seed: neighbour.story.seed };
    return [withAnotherCluster(await linesOf(evidence), other, seed)];
  }
  const loss = ALL_LOSSES.find((each) => each === mode);
  return loss === undefined ? null : [lossy(await linesOf(evidence), loss, random)];
}

async function linesOf({ auditLog }: Evidence): Promise<string[]> {
  const texts = await Promise.all(auditLog.map((file) => readFile(file, "utf8")));
  return texts.flatMap((text) => text.split("\n").filter((line) => line !== ""));
}
