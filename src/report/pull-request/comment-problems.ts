import type { ReportedProblem } from "../audit-report.ts";
import { own, say } from "../phrase.ts";
import { always, type Block } from "./block.ts";
import { running } from "./bounded-markdown.ts";
import type { CommentContext } from "./comment-context.ts";
import { RANKS } from "./ranks.ts";
import { short } from "./short.ts";

/** Manifests of the head that cannot be read, or not as they are meant, with their lines. */
export function problemsSection(context: CommentContext): readonly Block[] {
  const { problems } = context.review;
  if (problems.length === 0) return [];
  return [
    always("### ❌ Problems in what this pull request touches"),
    ...problems.map((problem) => ({
      text: problemItem(problem, context),
      rank: RANKS.problem,
      what: "problem",
      isItem: true,
    })),
  ];
}

function problemItem(problem: ReportedProblem, { placeLink }: CommentContext): string {
  const { path, line, code, message, remedy, level, ingress } = problem;
  const isFile = /^[^\s/][^\s]*\.(?:ya?ml|json)$/i.test(path);
  const at = short(
    line === null ? path : `${path}:${line}`,
    120,
    isFile ? placeLink({ side: "head", path, line }) : null,
  );
  const whose = ingress === null ? [] : say` (${short(`${ingress.namespace}/${ingress.name}`)})`;
  const sign = own(level === "error" ? "❌" : "⚠️");
  return `- ${running(say`${sign} ${at} ${short(code)}: ${message}${whose}. ${remedy}`)}`;
}
