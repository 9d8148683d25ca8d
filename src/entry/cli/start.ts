#!/usr/bin/env node
/**
 * What the installed command runs first. It imports nothing of the rest but when it is sure that this Node.js can read
 * it: an older one would stop at the first name that it does not know.
 */
import module from "node:module";
import packageJson from "../../../package.json" with { type: "json" };
import { userCacheFolder } from "../assembly/user-cache-folder.ts";
import { refusal } from "./refusal.ts";

const reason = refusal(process.version, packageJson.engines.node);
if (reason === null) {
  // Compiled code is kept, so that the next run starts faster; where it can't be written, nothing is said.
  const folder = userCacheFolder("compiled", process.env);
  if (folder !== null) module.enableCompileCache(folder);
  await import("./main.ts");
} else {
  process.stderr.write(`error: ${reason}\n`);
  process.exitCode = 2;
}
