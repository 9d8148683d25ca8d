/** Writes kubectl-readings.json: `node test/adapters/render/record-kubectl/record.ts`, with Go on the PATH. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { kubectlCases } from "../kubectl-cases.ts";

const folder = import.meta.dirname;
const cases = kubectlCases();
const input = [...cases.values()].map((file) => Buffer.from(file).toString("base64")).join("\n");
const output = execFileSync("go", ["run", "-mod=readonly", join(folder, "main.go")], {
  cwd: join(folder, "../../../support/cluster-binaries"),
  env: { ...process.env, CGO_ENABLED: "0" },
  input,
  encoding: "utf8",
  maxBuffer: 1 << 28,
});
const answers = output.trim().split("\n");
const readings = [...cases.keys()].map((name, index) => {
  const reading = answers[index] ?? "[]";
  return `  ${JSON.stringify(name)}: ${reading}`;
});
writeFileSync(join(folder, "../kubectl-readings.json"), `{\n${readings.join(",\n")}\n}\n`);
