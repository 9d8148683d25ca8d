import { fieldStateOf, sameFieldState } from "../../attribute/history/field-state.ts";
import { type FieldTimeline, fieldTimeline } from "../../attribute/history/field-timeline.ts";
import { type FieldOwner, fieldOwners } from "../../attribute/managed-fields.ts";
import { actorOfOwner, actorOfWrite } from "../../attribute/verdict/actors.ts";
import { shasOf } from "../../attribute/verdict/attributions.ts";
import type { LiveWrite } from "../../attribute/writes/field-writes.ts";
import { unkeyValue } from "../../compare/unkey-value.ts";
import type { CommitDetails } from "../../model/commit.ts";
import type { Change, ComparedIngress, Divergence } from "../../model/divergence.ts";
import { type FieldPath, formatFieldPath, parseFieldPath } from "../../model/field-path.ts";
import { type FieldReader, fieldReader } from "../../model/field-reader.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { Actor } from "../../model/verdict.ts";
import { redactJson } from "../../report/redact.ts";
import { valueHash } from "../../report/value-hash.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import type { Gathered } from "../gather/gathered.ts";
import { readHistoryOf } from "../history/read-history-of.ts";
import { type AttributionContext, ingressFacts, writesBehind } from "./attribute-ingress.ts";
import { attributionContext } from "./attribution-context.ts";

/** A field that differed when it was last looked at. */
export interface FieldToTrace {
  readonly id: IngressId;
  /** Formatted field path; empty for the whole object. */
  readonly field: string;
  readonly change: Change;
  /** The commit and the time at which it was seen to differ. */
  readonly commit: string;
  readonly at: string;
  /** The commits that were named then. */
  readonly named: readonly string[];
}

/** What Git and the cluster show of a field since then. */
export type FieldTrace =
  | { readonly kind: "unread"; readonly why: string }
  /** Git and the cluster hold different values: another rule, not agreement, took it out of the report. */
  | { readonly kind: "differs" }
  | {
      readonly kind: "agrees";
      /** Hash of the value that both have, as reports hold it; `absent` where both lack it. */
      readonly value: string;
      /** True where both lack the whole Ingress. */
      readonly isGone: boolean;
      /** The commits since then that changed the field, newest first; `doubt` says why there may be more. */
      readonly commits: readonly CommitDetails[];
      readonly doubt: string | null;
      /** The commits that were named then, as far as history still has them. */
      readonly named: readonly CommitDetails[];
      /** Who wrote the value to the cluster since then, or why that is not known. */
      readonly writer:
        | { readonly kind: "known"; readonly actor: Actor }
        | { readonly kind: "unknown"; readonly why: string };
    };

/** @returns The traces in the order asked for. */
export type TraceFields = (fields: readonly FieldToTrace[]) => Promise<readonly FieldTrace[]>;

/** Ask what the audit has read what became of some fields. History is read again only for their Ingresses. */
export async function traceFields(
  request: AuditRequest,
  ports: AuditPorts,
  gathered: Gathered,
  fields: readonly FieldToTrace[],
): Promise<readonly FieldTrace[]> {
  if (fields.length === 0) return [];
  const states = new Map(gathered.compared.map(({ id, state }) => [ingressKey(id), state]));
  const ids = new Map(fields.map(({ id }) => [ingressKey(id), id]));
  // What is gone is looked for in files that are gone, as what only the cluster has.
  const wanted = [...ids].map(([key, id]) => ({ id, state: states.get(key) ?? ("extra" as const) }));
  const history = await readHistoryOf(request, ports, { ...gathered, wanted });
  const context = attributionContext(request, history, gathered);
  let traces = fields.map((field) => traceField(field, gathered, context));
  while (await gathered.renderAsked()) traces = fields.map((field) => traceField(field, gathered, context));
  const shas = traces.flatMap((trace) => (trace.kind === "agrees" ? [...trace.commits, ...trace.named] : []));
  const described = await ports.git.describeCommits([...new Set(shas)], gathered.commit);
  const details = new Map(described.map((commit) => [commit.sha, commit]));
  const detailsOf = (wantedShas: readonly string[]) => wantedShas.flatMap((sha) => details.get(sha) ?? []);
  return traces.map((trace) =>
    trace.kind === "agrees"
      ? { ...trace, commits: detailsOf(trace.commits), named: detailsOf(trace.named) }
      : trace,
  );
}

type Agreement = Extract<FieldTrace, { kind: "agrees" }>;
type Traced =
  | Exclude<FieldTrace, { kind: "agrees" }>
  | (Omit<Agreement, "commits" | "named"> & {
      readonly commits: readonly string[];
      readonly named: readonly string[];
    });

function traceField(asked: FieldToTrace, gathered: Gathered, context: AttributionContext): Traced {
  const field = parseFieldPath(asked.field);
  if (field === null) return { kind: "unread", why: "its path holds a credential, which was not kept" };
  const key = ingressKey(asked.id);
  if (gathered.hidden.some((id) => ingressKey(id) === key))
    return { kind: "unread", why: "it could not be read" };
  const compared = gathered.compared.find(({ id }) => ingressKey(id) === key) ?? neither(asked.id);
  const read = readerOf(field, asked.change, compared);
  const live = fieldStateOf(compared.liveKeyed, read);
  if (!sameFieldState(fieldStateOf(compared.desiredKeyed, read), live)) return { kind: "differs" };
  const isGone = live.kind === "no-object";
  const git = fieldTimeline(ingressFacts(compared, context).history, read);
  return {
    kind: "agrees",
    value: live.kind === "value" ? hashOf(live.value, field, asked.change) : valueHash(undefined),
    isGone,
    ...commitsSince(git, asked, context),
    named: asked.named.filter((sha) => context.index.indexOfSha(sha) !== null),
    writer: writerSince(asked, field, read, compared, context),
  };
}

/** An Ingress that neither Git nor the cluster has. */
function neither(id: IngressId): ComparedIngress {
  const nothing = { desired: null, live: null, desiredKeyed: null, liveKeyed: null };
  return { id, state: "in-sync", ...nothing, divergences: [], recognised: [] };
}

/** For an order: that of the entries which both sides list. */
function readerOf(
  field: FieldPath,
  change: Change,
  { desiredKeyed, liveKeyed }: ComparedIngress,
): FieldReader {
  const list = formatFieldPath(field);
  const shared = new Set(desiredKeyed?.order.get(list) ?? []);
  const live = (liveKeyed?.order.get(list) ?? []).filter((segment) => shared.has(segment));
  const divergence: Divergence = { field, change, desired: undefined, live };
  return fieldReader(divergence);
}

function hashOf(
  value: Parameters<typeof unkeyValue>[0] | undefined,
  field: FieldPath,
  change: Change,
): string {
  if (value === undefined) return valueHash(undefined);
  if (field.length === 0 || change === "reordered") return valueHash(value);
  return valueHash(redactJson(unkeyValue(value, field), field.at(-1)));
}

function commitsSince(
  git: FieldTimeline,
  { commit }: FieldToTrace,
  { index }: AttributionContext,
): { commits: readonly string[]; doubt: string | null } {
  const since = index.indexOfSha(commit);
  if (since === null)
    return { commits: [], doubt: "the commit of the earlier audit is not in this history any more" };
  const walk = git.since(since);
  const isCertain = !walk.isTruncated && walk.steps.every((step) => step.isCertain);
  return {
    commits: shasOf(index, walk.steps),
    doubt: isCertain ? null : "a part of Git’s history could not be read",
  };
}

function writerSince(
  { at }: FieldToTrace,
  field: FieldPath,
  read: FieldReader,
  compared: ComparedIngress,
  context: AttributionContext,
): Agreement["writer"] {
  const facts = ingressFacts(compared, context);
  const isSince = (time: string | null) => time !== null && Date.parse(time) > Date.parse(at);
  const divergence: Divergence = { field, change: "changed", desired: undefined, live: undefined };
  const shown = writesBehind(facts, compared, divergence, read, context.trail)?.liveWrite;
  if (shown?.kind === "shown" && isSince(shown.transition.write.at))
    return { kind: "known", actor: actorOfWrite(shown.transition.write, context.policy) };
  const owners = fieldOwners(facts.managers, field).filter(({ entry }) => isSince(entry.at));
  const [owner, ...others] = owners;
  const isLogBlind = shown === undefined || shown.kind === "before-log" || shown.kind === "after-log";
  if (owner?.isExact === true && others.length === 0 && isLogBlind)
    return { kind: "known", actor: actorOfOwner(owner, context.policy) };
  return { kind: "unknown", why: whyUnknown(shown) + aboutList(owners) };
}

/** Of a list that is written as a whole managedFields tells the last writer, and not who wrote which entry. */
function aboutList(owners: readonly FieldOwner[]): string {
  const [owner, ...others] = owners.filter(({ isExact }) => !isExact);
  if (owner === undefined || others.length > 0) return "";
  const { manager, at } = owner.entry;
  return `; managedFields says that the program ${manager} last wrote the list that holds it at ${at}, and cannot say which entry`;
}

function whyUnknown(shown: LiveWrite | undefined): string {
  switch (shown?.kind) {
    case undefined:
      return "no audit log was given";
    case "shown":
      return "the audit log shows no write since the earlier audit";
    case "admission":
      return "an admission plugin or webhook wrote it while another request was admitted";
    case "before-log":
      return "the audit log begins after the write";
    case "after-log":
      return "the audit log does not reach the write";
    case "gap":
      return `the audit log has a gap there (${shown.reason})`;
    case "no-writes":
      return "the audit log has no write to this Ingress";
    default:
      return shown satisfies never;
  }
}
