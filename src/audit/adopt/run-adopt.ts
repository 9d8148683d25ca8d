import type { Divergence } from "../../model/divergence.ts";
import { formatFieldPath } from "../../model/field-path.ts";
import type { FileEditor } from "../../ports/file-editor.ts";
import type { FileChange } from "../../ports/git-writer.ts";
import type { SourceTree } from "../../ports/source-renderer.ts";
import type { AdoptedField } from "../../report/adoption/adoption-view.ts";
import { snapshotOf } from "../read-declared.ts";
import { headTree } from "../rendered/render-sources.ts";
import type { Adoption, AdoptPorts, AdoptRequest, FoundChange } from "./adopt-request.ts";
import { refused, renderedWhole } from "./adoption-errors.ts";
import { changeManifest, removeManifest } from "./change-manifest.ts";
import { type Choice, chooseDivergences } from "./choose-divergences.ts";
import { type Declare, type DeclaredState, declarer } from "./declared-state.ts";
import { findChange, type Search } from "./find-change.ts";
import { judgeChange } from "./judge-change.ts";
import { leftOutFields, nothingChosen } from "./left-out.ts";
import { newManifest } from "./new-manifest.ts";
import { type DriftedIngress, readDriftedIngress } from "./read-candidates.ts";
import { type ChangedElsewhere, changedElsewhere } from "./sources-elsewhere.ts";

/**
 * Work out which files have to say what, so that Git declares what is live; nothing is written. What is returned has
 * been rendered and compared: the adopted fields agree, and nothing else of any source changes.
 *
 * @throws {AuditError} `ingress-not-found`, `field-agrees`, `nothing-to-adopt`, `no-single-place`, `not-editable`,
 *   `adoption-refused`, `file-needed`.
 */
export async function runAdopt(request: AdoptRequest, ports: AdoptPorts): Promise<Adoption> {
  const { audit, id } = request;
  const drifted = await readDriftedIngress(audit, ports, id);
  const choice = chooseDivergences(drifted.candidates, request.fields, "adopt");
  if (choice.chosen.length === 0) {
    if (choice.leftOut.length > 0) throw nothingChosen("adopt", id, choice);
    return { ...(await facts(request, ports, drifted, choice)), adopted: [], changes: [] };
  }
  ports.progress("Looking for the place to write to");
  const chosen = choice.chosen.map(({ divergence }) => divergence);
  const tree = await headTree(ports.git, snapshotOf(audit));
  const declare = declarer(audit, ports, drifted.gathered.live);
  const before = await declare(new Map());
  const elsewhere = changedElsewhere(audit, ports, before, request.configured, drifted.gathered.live);
  const declaring = { declare, before, elsewhere };
  const found = await foundChange(request, ports.editor, drifted, chosen, declaring, tree);
  await verify(request, drifted, { ...declaring, chosen, found });
  return {
    ...(await facts(request, ports, drifted, choice)),
    adopted: inOrder(chosen, found, drifted),
    changes: await changesOf(found, tree),
  };
}

interface Declaring {
  readonly declare: Declare;
  readonly before: DeclaredState;
  readonly elsewhere: ChangedElsewhere;
}

async function foundChange(
  request: AdoptRequest,
  editor: FileEditor,
  { gathered, compared }: DriftedIngress,
  chosen: readonly Divergence[],
  declaring: Declaring,
  { read }: SourceTree,
): Promise<FoundChange> {
  const { id, desired, live } = compared;
  const [whole] = chosen;
  if (desired === null) {
    if (live === null || whole === undefined) throw new RangeError("Nothing was chosen");
    return newManifest(request, editor, live.object, whole, read);
  }
  const search: Search = {
    desired,
    liveObject: live?.object ?? {},
    live: gathered.live,
    chosen,
    ...declaring,
    editor,
    file: request.file,
    read,
  };
  const isPlain = desired.origin.renderer === "plain";
  if (chosen.some(({ field }) => field.length === 0)) {
    if (isPlain) return removeManifest(search);
    throw renderedWhole(id, desired.origin.path);
  }
  return isPlain ? changeManifest(search) : findChange(search);
}

/** The safety net: whatever was written, everything is read again. */
async function verify(
  { id }: AdoptRequest,
  { gathered }: DriftedIngress,
  {
    chosen,
    before,
    found,
    declare,
    elsewhere,
  }: Declaring & { readonly chosen: readonly Divergence[]; readonly found: FoundChange },
): Promise<void> {
  const after = await declare(found.contents);
  const judged = judgeChange({ id, live: gathered.live, chosen, before, after });
  const files = [...found.contents.keys()];
  if (judged.kind === "refused") throw refused(judged.why, files);
  const settled = new Set(judged.settled.map(({ field }) => formatFieldPath(field)));
  const unsettled = chosen.find(({ field }) => !settled.has(formatFieldPath(field)));
  if (unsettled !== undefined)
    throw refused(`${formatFieldPath(unsettled.field) || "the Ingress"} would still differ`, files);
  const others = await elsewhere(after, files);
  if (others.length > 0) throw refused(`it would change ${others.join(", ")} too`, files);
}

async function facts(
  { id, audit }: AdoptRequest,
  { git }: AdoptPorts,
  drifted: DriftedIngress,
  choice: Choice,
) {
  const { gathered } = drifted;
  return {
    id,
    commit: gathered.commit,
    git: {
      repository: await git.repositoryName(),
      ref: audit.ref,
      commit: gathered.commit,
      shallow: gathered.isShallow,
      worktree: audit.worktree,
    },
    cluster: audit.clusterName ?? gathered.live.cluster,
    leftOut: leftOutFields(choice, drifted),
  };
}

/** In the order in which reports list them. */
function inOrder(
  chosen: readonly Divergence[],
  { written }: FoundChange,
  { tell }: DriftedIngress,
): AdoptedField[] {
  return chosen.flatMap((divergence) => {
    const field = formatFieldPath(divergence.field);
    const place = written.find((each) => formatFieldPath(each.divergence.field) === field)?.place;
    return place === undefined ? [] : [{ divergence: tell(divergence), place }];
  });
}

async function changesOf({ contents }: FoundChange, { read }: SourceTree): Promise<readonly FileChange[]> {
  const changes: FileChange[] = [];
  for (const [path, after] of [...contents].sort()) changes.push({ path, before: await read(path), after });
  return changes;
}
