import type { Command } from "commander";

export function addDemoCommand(_program: Command, _process: NodeJS.Process): void {}
