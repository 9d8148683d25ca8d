import { type ClusterWrite, WRITE_VERBS } from "../../model/cluster-write.ts";
import type { JsonObject } from "../../model/json.ts";
import type { AuditTrailContent, RefusedWrite } from "../../ports/audit-trail.ts";
import { type AuditRequest, auditRequest, isDryRun } from "./audit-request.ts";
import { clusterWrites, isOldVersion } from "./cluster-writes.ts";
import { objectAt, textAt } from "./event-fields.ts";
import { FileProblems } from "./file-problems.ts";
import { orderWrites } from "./order-writes.ts";
import type { EventSink } from "./read-events.ts";

/** Collects what the files of a log tell of writes to Ingress objects. */
export class TrailBuilder {
  readonly #writes: ClusterWrite[] = [];
  readonly #refused: RefusedWrite[] = [];
  readonly #seen = new Set<string>();
  readonly #files: FileProblems[] = [];
  #firstEventAt: string | null = null;
  #lastEventAt: string | null = null;
  #eventCount = 0;

  forFile(name: string): EventSink {
    const problems = new FileProblems(name);
    this.#files.push(problems);
    return {
      event: (event, line) => this.#add(event, line, problems),
      seenAt: (time) => {
        problems.seenAt(time);
        this.#cover(time);
      },
      unreadable: (line) => problems.count("audit-log-line-unreadable", line),
      unfinished: (line) => problems.endsAt(line),
      foreign: (line) => problems.count("audit-log-line-foreign", line),
      tooLong: (line) => problems.count("audit-log-line-too-long", line),
      damaged: (line, reason) => problems.count("audit-log-archive-damaged", line, reason),
    };
  }

  content(): AuditTrailContent {
    return {
      writes: orderWrites(this.#writes),
      firstEventAt: this.#firstEventAt,
      lastEventAt: this.#lastEventAt,
      eventCount: this.#eventCount,
      refused: this.#refused.toSorted((left, right) =>
        left.at < right.at ? -1 : left.at > right.at ? 1 : 0,
      ),
      problems: this.#files.flatMap((problems) =>
        problems.list(problems.lastEventAt !== null && problems.lastEventAt === this.#lastEventAt),
      ),
    };
  }

  #cover(time: string): void {
    this.#eventCount++;
    if (this.#firstEventAt === null || time < this.#firstEventAt) this.#firstEventAt = time;
    if (this.#lastEventAt === null || time > this.#lastEventAt) this.#lastEventAt = time;
  }

  #add(event: JsonObject, line: number, problems: FileProblems): void {
    if (!isIngressWrite(event)) return;
    const stage = textAt(event, "stage");
    const request = auditRequest(event);
    if (request === null) {
      if (stage === "ResponseComplete") problems.count("audit-log-event-incomplete", line);
      return;
    }
    if (isDryRun(event, request) || this.#isRepeated(event, request)) return;
    if (isRefused(request, stage)) this.#refused.push(refusedWrite(request));
    else if (stage === "ResponseComplete" && isSuccess(request)) this.#write(event, request, line, problems);
  }

  #write(event: JsonObject, request: AuditRequest, line: number, problems: FileProblems): void {
    if (isOldVersion(event)) problems.count("audit-log-old-version", line);
    const writes = clusterWrites(event, request);
    if (writes === null) problems.count("audit-log-object-unnamed", line);
    else this.#writes.push(...writes);
  }

  /**
   * The client may choose an event's auditID by a header, so that it alone must not make one event hide another: only
   * the same request at the same microsecond is a repetition.
   */
  #isRepeated(event: JsonObject, request: AuditRequest): boolean {
    const parts = [
      request.auditID,
      textAt(event, "stage"),
      request.at,
      request.verb,
      textAt(event, "requestURI"),
    ];
    const key = JSON.stringify([...parts, request.user, request.impersonatedBy]);
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    return false;
  }
}

const GROUPS: readonly (string | null)[] = ["networking.k8s.io", "extensions"];
/** Through its status, too, one may write an Ingress's annotations, labels and finalizers. */
const SUBRESOURCES: readonly (string | null)[] = [null, "status"];
const VERBS: readonly (string | null)[] = [...WRITE_VERBS, "deletecollection"];

function isIngressWrite(event: JsonObject): boolean {
  const reference = objectAt(event, "objectRef");
  return (
    textAt(reference, "resource") === "ingresses" &&
    SUBRESOURCES.includes(textAt(reference, "subresource")) &&
    GROUPS.includes(textAt(reference, "apiGroup")) &&
    VERBS.includes(textAt(event, "verb"))
  );
}

function isSuccess({ status }: AuditRequest): boolean {
  return status >= 200 && status < 300;
}

/** A request with bad credentials never gets to ResponseComplete. */
function isRefused({ status }: AuditRequest, stage: string | null): boolean {
  if (status === 401) return stage === "ResponseStarted" || stage === "ResponseComplete";
  return status === 403 && stage === "ResponseComplete";
}

function refusedWrite(request: AuditRequest): RefusedWrite {
  const { at, auditID, name, status, user, verb } = request;
  return { auditID, at, verb, user, namespace: request.namespace ?? "", name, status };
}
