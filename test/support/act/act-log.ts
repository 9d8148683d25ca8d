/** What one run of act tells. */
export interface ActLog {
  /** What the steps print, line by line, commands to the runner included. */
  readonly lines: readonly string[];
  /** Markdown, one for each step that wrote some. */
  readonly summaries: readonly string[];
  /** By step and name: `audit.diverged`. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly annotations: readonly ActAnnotation[];
  /** `success` or `failure`, by the step's name. */
  readonly steps: ReadonlyMap<string, string>;
}

export interface ActAnnotation {
  readonly level: string;
  /** `file`, `line`, `title`. */
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** One line of `act --json`; what is not there is of no interest for that line. */
interface ActEvent {
  readonly msg?: string;
  readonly raw_output?: boolean;
  readonly raw?: string;
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly content?: string;
  readonly kvPairs?: Readonly<Record<string, string>> | null;
  readonly step?: string;
  readonly stepID?: readonly string[];
  readonly stepResult?: string;
}

const LEVELS = ["error", "warning", "notice"];

/** Read what `act --json` prints. */
export function readActLog(stdout: string): ActLog {
  const events = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as ActEvent);
  const of = (command: string) => events.filter((event) => event.command === command);
  return {
    lines: events
      .filter(({ raw_output, raw }) => raw_output === true || raw !== undefined)
      .map(({ msg = "", raw }) => (raw ?? msg).replace(/\r?\n$/, "")),
    summaries: of("summary").map(({ content = "" }) => content),
    outputs: new Map(
      of("set-output").map(({ stepID = [], name = "", arg = "" }) => [`${stepID.join(".")}.${name}`, arg]),
    ),
    annotations: events.flatMap(({ command = "", kvPairs, arg = "" }) =>
      LEVELS.includes(command) ? [{ level: command, properties: kvPairs ?? {}, message: arg }] : [],
    ),
    steps: new Map(
      events.flatMap(({ step = "", stepResult }) => (stepResult === undefined ? [] : [[step, stepResult]])),
    ),
  };
}
