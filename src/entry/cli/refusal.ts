/**
 * Why this Node.js cannot run the tool; null where it can.
 *
 * @param version As `process.version`: `v24.1.0`.
 * @param needed The package's `engines.node`: `>=24`.
 */
export function refusal(version: string, needed: string): string | null {
  const [major = 0, oldest = 0] = [version, needed].map((text) => Number(/\d+/.exec(text)?.[0]));
  if (major >= oldest) return null;
  return `ingress-audit needs Node.js ${oldest} or newer, and this is ${version}. Install a newer one: https://nodejs.org/en/download`;
}
