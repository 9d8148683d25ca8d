import type { Problem } from "../../model/problem.ts";

const KINDS = {
  "audit-log-line-unreadable": {
    what: "not a whole audit event, and may have told of any write",
    remedy: "Give the log as the API server wrote it: audit.k8s.io/v1 events as JSON, one a line.",
  },
  "audit-log-line-unfinished": {
    what: "not whole yet, as while it is written",
    remedy: "Expect this for the last line of a log that goes on.",
  },
  "audit-log-line-foreign": {
    what: "no audit event",
    remedy: "Give the API server's audit log alone: audit.k8s.io/v1 events as JSON, one a line.",
  },
  "audit-log-line-too-long": {
    what: "longer than the audit reads",
    remedy: "Check that the file is an audit log with one event a line.",
  },
  "audit-log-archive-damaged": {
    what: "the last before the archive breaks off",
    remedy: "Give the whole archive; what it held until there was read.",
  },
  "audit-log-event-incomplete": {
    what: "an event of an Ingress without auditID, stageTimestamp or responseStatus",
    remedy: "Give the log as the API server wrote it.",
  },
  "audit-log-object-unnamed": {
    what: "a write that does not say which Ingress it was to",
    remedy: "Log ingresses at level RequestResponse.",
  },
  "audit-log-old-version": {
    what: "a write in an API version before networking.k8s.io/v1, whose content is not read",
    remedy:
      "Give the log of a cluster that serves networking.k8s.io/v1, which is each one since Kubernetes 1.22.",
  },
} as const;

export type FileProblem = keyof typeof KINDS;

/** The problems of one file, counted: a log of gigabytes must not fill the report. */
export class FileProblems {
  readonly #file: string;
  readonly #counts = new Map<FileProblem, { count: number; line: number; reason: string }>();
  #unfinished: number | null = null;
  #lastEventAt: string | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  count(code: FileProblem, line: number, reason = ""): void {
    const known = this.#counts.get(code);
    if (known === undefined) this.#counts.set(code, { count: 1, line, reason });
    else known.count++;
  }

  /** The file's last line is not whole. */
  endsAt(line: number): void {
    this.#unfinished = line;
  }

  seenAt(time: string): void {
    if (this.#lastEventAt === null || time > this.#lastEventAt) this.#lastEventAt = time;
  }

  /** When the file's last event happened; null where it has none. */
  get lastEventAt(): string | null {
    return this.#lastEventAt;
  }

  /** @param isNewest Whether no other file of the log goes on further: only that one is still written. */
  list(isNewest: boolean): Problem[] {
    if (this.#unfinished !== null)
      this.count(isNewest ? "audit-log-line-unfinished" : "audit-log-line-unreadable", this.#unfinished);
    return [...this.#counts].map(([code, { count, line, reason }]) => ({
      path: this.#file,
      line: Math.max(line, 1),
      code,
      message: `${count === 1 ? "1 line is" : `${count} lines are`} ${KINDS[code].what}${reason === "" ? "" : ` (${reason})`}`,
      remedy: KINDS[code].remedy,
      level: "warning",
    }));
  }
}
