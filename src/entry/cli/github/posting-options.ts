import type { Command } from "commander";
import type { PostingOptions } from "../../assembly/github/mode-options.ts";
import { given } from "../../assembly/given.ts";

export interface PostingCommandOptions {
  readonly mentions?: boolean;
  readonly commentKey?: string;
}

export function addPostingOptions(command: Command): Command {
  return command
    .option("--mentions", "mention people whose login GitHub has proven, so that they are notified")
    .option(
      "--comment-key <key>",
      "tells what this audit posts from what another one posts with the same cluster and configuration",
    );
}

export function postingOptions({ mentions, commentKey }: PostingCommandOptions): PostingOptions {
  return { mentions: mentions ?? false, ...given({ commentKey }) };
}
