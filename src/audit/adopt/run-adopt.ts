import type { Divergence } from "../../model/divergence.ts";
import { formatFieldPath } from "../../model/field-path.ts";
import type { FileChange } from "../../ports/git-writer.ts";
import type { SourceTree } from "../../ports/source-renderer.ts";
import type { AdoptedField } from "../../report/adoption/adoption-view.ts";
import { snapshotOf } from "../desired/read-declared.ts";
import { headTree } from "../rendered/render-sources.ts";
import type { Adoption, AdoptPorts, AdoptRequest, FoundChange } from "./adopt-request.ts";
import { changeFor } from "./change-for.ts";
import { type Choice, chooseDivergences } from "./choose-divergences.ts";
import { declarer } from "./declared-state.ts";
import { leftOutFields, nothingChosen } from "./left-out.ts";
import { type DriftedIngress, readDriftedIngress } from "./read-candidates.ts";
import { changedElsewhere } from "./sources-elsewhere.ts";
import { verifyChange } from "./verify-change.ts";

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
  const found = await changeFor(request, ports.editor, drifted, chosen, declaring, tree);
  await verifyChange(request, drifted, { ...declaring, chosen, found });
  return {
    ...(await facts(request, ports, drifted, choice)),
    adopted: inOrder(chosen, found, drifted),
    changes: await changesOf(found, tree),
  };
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
