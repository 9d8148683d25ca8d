import { fieldStateOf, sameFieldState } from "../attribute/history/field-state.ts";
import { type FieldTimeline, fieldTimeline } from "../attribute/history/field-timeline.ts";
import { commitAt } from "../attribute/history/index-graph.ts";
import { fieldPathOf } from "../compare/field-path-of.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Blame, LineOrigin } from "../model/blame.ts";
import type { CommitDetails } from "../model/commit.ts";
import { deletionOf } from "../model/deletion.ts";
import type { ComparedIngress, Divergence } from "../model/divergence.ts";
import { type FieldPath, formatFieldPath } from "../model/field-path.ts";
import type { FieldReader } from "../model/field-reader.ts";
import { type IngressId, ingressKey, type RawPath } from "../model/ingress.ts";
import { isJsonObject } from "../model/json.ts";
import { keyedValueAt } from "../model/keyed-ingress.ts";
import type { ManifestPrinter } from "../ports/manifest-printer.ts";
import { type AttributionContext, attributeIngress, ingressFacts } from "./attributed/attribute-ingress.ts";
import { blamedObject } from "./attributed/blamed-object.ts";
import type { AuditPorts, AuditRequest } from "./audit-request.ts";
import { gather } from "./gather/gather.ts";
import type { Gathered } from "./gather/gathered.ts";

/**
 * Tell for each line of a live Ingress who is behind it: the commit that wrote the value in Git, or whoever wrote it
 * in the cluster.
 *
 * @throws {AuditError} `ingress-not-found` where the cluster has no such Ingress.
 */
export async function runBlame(
  request: AuditRequest,
  ports: AuditPorts,
  print: ManifestPrinter,
  id: IngressId,
): Promise<Blame> {
  const key = ingressKey(id);
  const gathered = await gather(request, ports, (compared) => ingressKey(compared.id) === key);
  const compared = gathered.compared.find((each) => ingressKey(each.id) === key);
  if (compared?.live == null || gathered.context === null) throw notFound(key, gathered);
  const object = blamedObject(compared.live.object);
  const blameLines = (context: AttributionContext) => {
    const origins = lineOrigins(compared, context);
    return print(object).map(({ text, path }) => ({ text, ...origins(fieldOfLine(object, path)) }));
  };
  let printed = blameLines(gathered.context);
  while (await gathered.renderAsked()) printed = blameLines(gathered.context);
  const shas = [...new Set(printed.flatMap(({ origin }) => (origin.kind === "commit" ? [origin.sha] : [])))];
  const described = await ports.git.describeCommits(shas, gathered.commit);
  const commits = new Map(described.map((commit) => [commit.sha, commit]));
  return {
    id,
    lines: printed.map(({ text, field, origin }) => ({ text, field, origin: withCommit(origin, commits) })),
  };
}

type Origin =
  | Exclude<LineOrigin, { kind: "git" }>
  | { kind: "commit"; sha: string; ref: string | null; note: string | null };

type BlamedField =
  | { kind: "server" }
  | { kind: "structure" }
  | { kind: "deletion" }
  | { kind: "field"; field: FieldPath; isPresence: boolean };

/** Remembers the answer for each field: a value of many lines is asked for many times. */
function lineOrigins(compared: ComparedIngress, context: AttributionContext) {
  const { history } = ingressFacts(compared, context);
  const attribute = attributeIngress(compared, context);
  const known = new Map<string, Origin>();
  return (blamed: BlamedField): { field: string; origin: Origin } => {
    if (blamed.kind === "deletion") return { field: "", origin: deleter() };
    if (blamed.kind !== "field") return { field: "", origin: { kind: blamed.kind } };
    const field = formatFieldPath(blamed.field);
    const key = `${blamed.isPresence} ${field}`;
    const read: FieldReader = blamed.isPresence
      ? (ingress) => (keyedValueAt(ingress, blamed.field) === undefined ? undefined : true)
      : (ingress) => keyedValueAt(ingress, blamed.field);
    const origin = known.get(key) ?? originOf(blamed, fieldTimeline(history, read), read);
    known.set(key, origin);
    return { field, origin };
  };

  /** Of an object that is being deleted: nothing takes that back, whatever else is written to it. */
  function deleter(): Origin {
    const deletion = deletionOf(compared.live?.object ?? {});
    if (deletion === null) return { kind: "server" };
    const whole: Divergence = { field: [], change: "removed", desired: undefined, live: undefined, deletion };
    const { actor, evidence, reason } = attribute(whole);
    return actor === null
      ? { kind: "unknown", note: reason }
      : { kind: "cluster", actor, evidence, note: reason };
  }

  function originOf(
    { field }: BlamedField & { kind: "field" },
    git: FieldTimeline,
    read: FieldReader,
  ): Origin {
    const { index } = context;
    const live = fieldStateOf(compared.liveKeyed, read);
    if (sameFieldState(git.valueAt(index.graph.head), live)) return writtenInGit(git, index.graph.head, null);
    const divergence: Divergence = { field, change: "changed", desired: undefined, live: undefined };
    const attribution = attribute(divergence, read);
    const [sha] = attribution.commits;
    switch (attribution.verdict) {
      case "pending": {
        const holder = git.latestHolder(live, null);
        const note = sha === undefined ? attribution.reason : `pending: Git moved on with ${sha.slice(0, 7)}`;
        // Git once held the value; where nothing decides, somebody else may have written the same.
        return holder === null || attribution.evidence === "none"
          ? { kind: "unknown", note: attribution.reason }
          : writtenInGit(git, holder.commit, note);
      }
      case "unmerged":
        return sha === undefined
          ? { kind: "unknown", note: attribution.reason }
          : { kind: "commit", sha, ref: attribution.ref, note: attribution.reason };
      case "controller":
        return { kind: "controller", rule: attribution.rule ?? "", note: attribution.reason };
      case "out-of-band":
        return attribution.actor === null
          ? { kind: "unknown", note: attribution.reason }
          : {
              kind: "cluster",
              actor: attribution.actor,
              evidence: attribution.evidence,
              note: attribution.reason,
            };
      default:
        return attribution.verdict satisfies never;
    }
  }

  function writtenInGit(git: FieldTimeline, commit: number, note: string | null): Origin {
    const step = git.writerAt(commit);
    if (step !== null)
      return { kind: "commit", sha: commitAt(context.index, step.commit).sha, ref: null, note };
    return {
      kind: "unknown",
      note: git.isTruncated
        ? "The clone is shallow, and the commit lies in history that it lacks: run git fetch --unshallow, or give --deepen."
        : "A version of the manifest before this value could not be read.",
    };
  }
}

const SERVER_OWNED =
  /^(?:status|metadata\.(?:uid|resourceVersion|generation|creationTimestamp|deletionGracePeriodSeconds|selfLink))\b/;
const IDENTITY = /^(?:apiVersion|kind|metadata\.(?:name|namespace))$/;

function fieldOfLine(object: Parameters<typeof fieldPathOf>[0], path: RawPath): BlamedField {
  const text = path.join(".");
  if (SERVER_OWNED.test(text)) return { kind: "server" };
  if (text === "metadata.deletionTimestamp") return { kind: "deletion" };
  if (IDENTITY.test(text)) return { kind: "field", field: [], isPresence: true };
  const field = fieldPathOf(object, path);
  const value = path.reduce<unknown>(
    (node, key) => (Array.isArray(node) ? node[Number(key)] : isJsonObject(node) ? node[key] : undefined),
    object,
  );
  const isHolder = typeof value === "object" && value !== null && Object.keys(value).length > 0;
  if (isHolder) return { kind: "structure" };
  return { kind: "field", field, isPresence: field.length < path.length };
}

function withCommit(origin: Origin, commits: ReadonlyMap<string, CommitDetails>): LineOrigin {
  if (origin.kind !== "commit") return origin;
  const commit = commits.get(origin.sha);
  if (commit === undefined) throw new RangeError(`Commit ${origin.sha} was not described`);
  return { kind: "git", commit, ref: origin.ref, note: origin.note };
}

function notFound(key: string, gathered: Gathered): AuditError {
  const { live, compared } = gathered;
  if (live.ingresses.some(({ id }) => ingressKey(id) === key)) return passedOver(key, gathered);
  const name = key.slice(key.indexOf("/") + 1);
  const similar = live.ingresses.map(({ id }) => ingressKey(id)).filter((each) => each.endsWith(`/${name}`));
  const isInGit = compared.some((each) => ingressKey(each.id) === key);
  return new AuditError({
    code: "ingress-not-found",
    what: `The cluster has no Ingress ${key}${isInGit ? ", though Git declares it" : ""}`,
    where: { cluster: live.cluster ?? "" },
    mend:
      similar.length > 0
        ? `There is ${similar.join(", ")}; name it as NAMESPACE/NAME.`
        : "Name a live Ingress as NAMESPACE/NAME; ingress-audit audit lists them.",
  });
}

/** It is there, and the audit of this repository says nothing of it. */
function passedOver(key: string, { live, ofOthers, problems }: Gathered): AuditError {
  const where = { cluster: live.cluster ?? "" };
  if (ofOthers?.some((id) => ingressKey(id) === key) === true) {
    return new AuditError({
      code: "ingress-of-other-repository",
      what: `Another repository of the configuration declares Ingress ${key}`,
      where,
      mend: "Run ingress-audit audit, which reports on every repository, or blame it in that one.",
    });
  }
  const error = problems.find(({ level }) => level === "error");
  return new AuditError({
    code: "ingress-unknown",
    what: `What Git says of Ingress ${key} is not known${error === undefined ? "" : `: ${error.message}`}`,
    where,
    mend: error?.remedy ?? "Run ingress-audit audit to see what could not be read.",
  });
}
