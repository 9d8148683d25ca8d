/**
 * What kubectl makes of a scalar: sigs.k8s.io/yaml reads YAML 1.1 by the rules of go-yaml v2, so that a bare `yes`
 * is a boolean and `0777` is an octal number, while `1:30` and `2020-01-01` are strings.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.3/resolve.go
 */
export type Scalar = string | number | boolean | null;

const TAG = "tag:yaml.org,2002:";
const MAX_INT64 = 2n ** 63n - 1n;
const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map(
    (word) => [word, true] as const,
  ),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map(
    (word) => [word, false] as const,
  ),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Infinity] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, -Infinity] as const),
]);

/**
 * @param tag The scalar's explicit tag, resolved (`tag:yaml.org,2002:int`); undefined where it has none.
 * @returns undefined where the tag contradicts the value.
 */
export function resolveScalar(text: string, isPlain: boolean, tag: string | undefined): Scalar | undefined {
  if (tag === undefined || tag === "!") return isPlain && tag === undefined ? resolvePlain(text) : text;
  if (tag === `${TAG}binary`) return decodeBase64(text);
  if (!tag.startsWith(TAG) || tag === `${TAG}str`) return text;
  const value = resolvePlain(text);
  switch (tag.slice(TAG.length)) {
    case "bool":
      return typeof value === "boolean" ? value : undefined;
    case "null":
      return value === null ? null : undefined;
    case "int":
      return typeof value === "number" && parseInteger(text.replaceAll("_", "")) !== null ? value : undefined;
    case "float":
      return typeof value === "number" ? value : undefined;
    case "timestamp":
      return /^\d{4}-/.test(text) ? text : undefined;
    default:
      return text;
  }
}

function resolvePlain(text: string): Scalar {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  if (text.startsWith(".")) return resolveFraction(text);
  return isDigit || text.startsWith("-") || text.startsWith("+") ? resolveNumber(text) : text;
}

function resolveFraction(text: string): Scalar {
  if (!/^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/.test(text)) return text;
  const value = Number(text.replaceAll("_", ""));
  return Number.isFinite(value) ? value : text;
}

function resolveNumber(text: string): Scalar {
  const plain = text.replaceAll("_", "");
  const integer = parseInteger(plain);
  if (integer !== null) return Number(integer);
  const value = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? value : text;
}

/** Go's ParseInt and ParseUint with base 0, in 64 bits. */
function parseInteger(text: string): bigint | null {
  const match = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|([1-9]\d*|0))$/.exec(text);
  if (match === null) return null;
  const [, sign, hex, octal, binary, decimal] = match;
  const prefixed = hex !== undefined ? `0x${hex}` : octal !== undefined ? `0o${octal}` : `0b${binary}`;
  const size = BigInt(decimal ?? prefixed);
  const limit = sign === "-" ? 2n ** 63n : sign === "+" ? MAX_INT64 : 2n ** 64n - 1n;
  if (size > limit) return null;
  return sign === "-" ? -size : size;
}

function decodeBase64(text: string): string | undefined {
  const compact = text.replaceAll(/[\r\n]/g, "");
  const isBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact);
  return isBase64 ? Buffer.from(compact, "base64").toString("utf8") : undefined;
}

/**
 * The key of a JSON object that kubectl makes of a scalar key.
 *
 * @returns undefined where it refuses the key.
 */
export function keyOf(value: Scalar, text: string): string | undefined {
  if (value === null) return undefined;
  if (typeof value !== "number") return String(value);
  const integer = parseInteger(text.replaceAll("_", ""));
  if (integer === null) return formatFloat32(value);
  return integer > MAX_INT64 ? undefined : String(integer);
}

/** Go's strconv.FormatFloat(value, 'g', -1, 32). */
function formatFloat32(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single > 0 ? ".inf" : "-.inf";
  const counts = [1, 2, 3, 4, 5, 6, 7, 8];
  const count = counts.find((digits) => Math.fround(Number(single.toPrecision(digits))) === single) ?? 9;
  const shortest = Number(single.toPrecision(count));
  const [mantissa = "", exponent = "0"] = shortest.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) return Object.is(shortest, -0) ? "-0" : String(shortest);
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}
