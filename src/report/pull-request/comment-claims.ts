import { grouped } from "../elide.ts";
import { listed, own, type Phrase, say } from "../phrase.ts";
import { always, type Block } from "./block.ts";
import { running } from "./bounded-markdown.ts";
import type { CommentContext } from "./comment-context.ts";
import type { ReviewedClaim } from "./pull-request-review.ts";
import { RANKS } from "./ranks.ts";
import { short } from "./short.ts";

const MAX_OTHERS = 5;

/** Hosts and paths that the pull request claims, and Ingresses of other namespaces have. */
export function claimsSection(context: CommentContext): readonly Block[] {
  const { claims } = context.review;
  if (claims.length === 0) return [];
  return [
    always("### ⚠️ Claimed by another namespace too"),
    ...claims.map((claim) => ({
      text: `- ${running(describeClaim(claim, context))}`,
      rank: RANKS.claim,
      what: "claim",
      isItem: true,
    })),
  ];
}

function describeClaim(
  { namespace, name, host, path, others }: ReviewedClaim,
  context: CommentContext,
): Phrase {
  const served = host === "" ? say`every host` : say`${short(host)}`;
  const what = path === null ? say`host ${served}` : say`${short(path)} of ${served}`;
  const shown = others.slice(0, MAX_OTHERS).map((other) => describeOther(other, context));
  const left = others.length - shown.length;
  const more = left > 0 ? say` and ${own(grouped(left))} more` : [];
  return say`${short(`${namespace}/${name}`)} claims ${what}, as ${own(others.length === 1 ? "does" : "do")} ${listed(shown)}${more}`;
}

function describeOther(
  { namespace, name, place, isLive }: ReviewedClaim["others"][number],
  { placeLink }: CommentContext,
): Phrase {
  const inGit =
    place === null
      ? say`in the cluster only`
      : say`${short(`${place.path}:${place.line ?? 1}`, 100, placeLink(place))}`;
  return say`${short(`${namespace}/${name}`)} (${inGit}${own(place !== null && isLive ? ", live" : "")})`;
}
