#!/usr/bin/env node
/**
 * What the installed command runs first. It imports nothing of the rest but when it is sure that this Node.js can read
 * it: an older one would stop at the first name that it does not know.
 */
import module from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import packageJson from "../../../package.json" with { type: "json" };
import { refusal } from "./refusal.ts";

const reason = refusal(process.version, packageJson.engines.node);
if (reason === null) {
  // Compiled code is kept, so that the next run starts faster; where it can't be written, nothing is said.
  const cache = process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
  module.enableCompileCache(path.join(cache, "ingress-audit", "compiled"));
  await import("./main.ts");
} else {
  process.stderr.write(`error: ${reason}\n`);
  process.exitCode = 2;
}
