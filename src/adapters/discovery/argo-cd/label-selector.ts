import { isJsonObject, type JsonObject } from "../../../model/json.ts";

/**
 * Whether labels match a selector.
 *
 * @returns null where it says something that no selector may say.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function labelSelector(
  selector: JsonObject,
): ((labels: Readonly<Record<string, string>>) => boolean) | null {
  const { matchLabels, matchExpressions } = selector;
  const wanted = isJsonObject(matchLabels) ? Object.entries(matchLabels) : [];
  const expressions = Array.isArray(matchExpressions) ? matchExpressions.map(expression) : [];
  if (expressions.some((each) => each === null)) return null;
  return (labels) =>
    wanted.every(([label, value]) => Object.hasOwn(labels, label) && labels[label] === value) &&
    expressions.every((each) => each?.(labels) === true);
}

function expression(written: unknown): ((labels: Readonly<Record<string, string>>) => boolean) | null {
  if (!isJsonObject(written) || typeof written.key !== "string") return null;
  const { key } = written;
  const values = new Set(Array.isArray(written.values) ? written.values.map(String) : []);
  const labelIn = (labels: Readonly<Record<string, string>>) =>
    Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (written.operator) {
    case "In":
      return (labels) => values.has(labelIn(labels) ?? "") && labelIn(labels) !== undefined;
    case "NotIn":
      return (labels) => !values.has(labelIn(labels) ?? "") || labelIn(labels) === undefined;
    case "Exists":
      return (labels) => labelIn(labels) !== undefined;
    case "DoesNotExist":
      return (labels) => labelIn(labels) === undefined;
    default:
      return null;
  }
}
