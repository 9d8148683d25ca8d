import type { Command } from "commander";
import { printManifest } from "../../adapters/render/print-manifest.ts";
import { runAudit } from "../../audit/run-audit.ts";
import { runBlame } from "../../audit/run-blame.ts";
import { blameText } from "../../report/blame-text.ts";
import { createPaint, type Paint } from "../../report/paint.ts";
import { textReport } from "../../report/text-report.ts";
import { type Assembled, assemble } from "../assembly/assemble.ts";
import type { Surroundings } from "../assembly/surroundings.ts";
import type { DemoRecording } from "./demo-recording.ts";
import { parseIngressId } from "./ingress-argument.ts";
import { reportWidth } from "./report-width.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { useColor } from "./use-color.ts";
import { withSurroundings } from "./with-surroundings.ts";

/** The report is read two hours after the snapshot was taken, whenever that is. */
const AGE_MS = 2 * 3_600_000;

export interface DemoOptions {
  readonly color: boolean;
  readonly blame?: string;
}

export function addDemoCommand(program: Command, process: NodeJS.Process): void {
  program
    .command("demo")
    .summary("show a report of a recorded cluster; needs no cluster and no network")
    .description(
      'Audit a small repository against the recording of a real API server and its audit log: the same code as "audit", on inputs that show every verdict.',
    )
    .option("--blame <NAMESPACE/NAME>", "print who is behind each line of one of its Ingresses instead")
    .option("--no-color", "no colours; NO_COLOR in the environment does the same")
    .action(async (options: DemoOptions) => {
      process.stdout.write(await demo(options, process));
    });
}

/** @returns What the demo prints. */
export async function demo(options: DemoOptions, process: NodeJS.Process): Promise<string> {
  const color = useColor(options.color, process);
  const id = options.blame === undefined ? null : parseIngressId(options.blame);
  const { withDemoRecording } = await import("./demo-recording.ts");
  return await untilInterrupted(process, (signal) =>
    withDemoRecording(signal, (recording) =>
      withSurroundings(process, signal, async (surroundings) => {
        const { request, ports } = await assembleDemo(recording, surroundings);
        if (id !== null) return blameText(await runBlame(request, ports, printManifest, id), { color });
        const report = await runAudit(request, ports);
        const width = reportWidth(process);
        const text = textReport(report, { color, width, now: request.now, showIgnored: true });
        const paint = createPaint(color);
        return [...opening(recording, paint), text, ...closing(paint)].join("\n");
      }),
    ),
  );
}

/** The recording as `audit` and `blame` would take it from the command line. */
export async function assembleDemo(recording: DemoRecording, surroundings: Surroundings): Promise<Assembled> {
  const { repo, snapshot, auditLog, appliedRevision, recordedAt } = recording;
  const options = { repo, ref: "main", snapshot, auditLog: [auditLog], appliedRevision, color: false };
  const now = new Date(Date.parse(recordedAt) + AGE_MS);
  return await assemble([], options, { ...surroundings, now });
}

function opening({ kubernetesVersion, recordedAt, appliedRevision }: DemoRecording, paint: Paint): string[] {
  const day = recordedAt.slice(0, 10);
  return [
    paint(
      "dim",
      `A recording of a real API server (Kubernetes ${kubernetesVersion}, ${day}), read two hours later:`,
    ),
    `${paint("dim", "$")} ingress-audit audit --ref main --applied-revision ${appliedRevision.slice(0, 7)} \\`,
    "    --snapshot live.json --audit-log audit.jsonl --show-ignored",
    "",
  ];
}

function closing(paint: Paint): string[] {
  return [
    `On that cluster ${paint("bold", "kubectl diff -f deploy/prod/web.yaml")} printed nothing and exited with 0, snippet and all.`,
    "",
    paint("bold", "Try next"),
    "  npm run demo -- --blame shop/checkout     who is behind each line of one live Ingress",
    "  npx node dist/cli.js audit --repo DIR     your own repository, against your current kube context; it only reads",
    "",
  ];
}
