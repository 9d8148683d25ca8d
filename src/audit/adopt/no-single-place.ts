import { AuditError } from "../../model/audit-error.ts";
import type { Divergence } from "../../model/divergence.ts";
import type { Place } from "../../model/ingress.ts";
import { divergingField } from "./diverging-field.ts";

/** @param works The places that would do, where there are several. */
export function noPlace(
  divergences: readonly Divergence[],
  works: readonly Place[],
  refused: readonly string[],
): AuditError {
  const fields = namesOf(divergences);
  return new AuditError({
    code: "no-single-place",
    what:
      works.length > 1
        ? `${fields} can be written to several places, and nothing says which is meant`
        : `${fields} has no single place to write to: no change of one value gives what is live and nothing else`,
    where: {
      ...(works.length === 0 ? {} : { "would do": works.map(placeText).join(", ") }),
      ...(refused.length === 0 ? {} : { tried: refused.slice(0, 12).join("\n") }),
    },
    mend:
      works.length > 1
        ? "Choose the file with --file."
        : "Change the template, the patch or the values by hand; or adopt the other fields with --field.",
  });
}

/** A value such as `80` stands everywhere. */
export function tooManyPlaces(divergences: readonly Divergence[], count: number): AuditError {
  return new AuditError({
    code: "no-single-place",
    what: `${namesOf(divergences)}: ${count} places hold such a value, too many to try each`,
    mend: "Name the file with --file, or change it by hand.",
  });
}

function namesOf(divergences: readonly Divergence[]): string {
  return divergences.map(divergingField).join(" and ");
}

export function placeText({ path, line }: Place): string {
  return `${path}:${line}`;
}
