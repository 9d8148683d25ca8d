import type { Command } from "commander";
import { ownSources } from "../../audit/fleet/repositories-of.ts";
import { configuredSources } from "../../audit/rendered/configured-sources.ts";
import { AuditError } from "../../model/audit-error.ts";
import type { Configuration } from "../../model/configuration.ts";
import type { IngressId } from "../../model/ingress.ts";
import { adoptionText } from "../../report/adoption/adoption-text.ts";
import { escapeTerminalLines } from "../../report/escape-terminal.ts";
import type { Assembled } from "../assembly/assemble.ts";
import { type Delivery, deliverAdoption } from "../assembly/deliver-adoption.ts";
import { repositoryPaths } from "../assembly/repository-paths.ts";
import { assembleOne } from "./assemble-one.ts";
import { addSourceOptions } from "./audit-options.ts";
import { addForgeOptions, type ForgeOptions, forgeAccess } from "./github/forge-options.ts";
import { FIELD_OPTION, ingressNamed } from "./ingress-argument.ts";
import type { SeveralOptions } from "./several-options.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { withSurroundings } from "./with-surroundings.ts";

const HELP = `
Writes into the one manifest, patch or values file that carries the value, and
changes nothing else of it: comments, quotes and order stay. Everything is
rendered again before anything is handed out; where a value has no single place,
or another Ingress, overlay or cluster would change with it, it says so and
writes nothing.

Left out unless --field names it: what Git is ahead in (adopting would revert
that commit), what a controller or an ignore rule keeps, and what looks like a
credential.

Examples:
  $ ingress-audit adopt shop/web | git apply
  $ ingress-audit adopt shop/web --field 'metadata.annotations["example.com/note"]'
  $ ingress-audit adopt shop/web --branch keep-the-live-backend
  $ ingress-audit adopt shop/new --file deploy/new.yaml
      an Ingress that only the cluster has: a new manifest, or one more in a file
  $ ingress-audit adopt shop/web --pull-request

The cluster is only read. The work tree, the index and every branch that exists
stay as they are; pushing goes to origin, with your own credentials.

Exit status:
  0    the patch, the branch or the pull request is there, or nothing differs
  2    it could not be done, and nothing was written
`;

interface AdoptOptions extends SeveralOptions, ForgeOptions {
  readonly field?: readonly string[];
  readonly file?: string;
  readonly branch?: string;
  readonly pullRequest?: boolean;
  readonly base?: string;
}

export function addAdoptCommand(program: Command, process: NodeJS.Process): void {
  const command = program
    .command("adopt")
    .summary("write what is live back into Git: a patch, a branch or a pull request")
    .description(
      "Write what is live of an Ingress back into the manifest or values file that Git has it from, as a patch on standard output, a new branch or a pull request.",
    )
    .usage("NAMESPACE/NAME [options]")
    .argument("[NAMESPACE/NAME]", "the Ingress")
    .optionsGroup("Adopt:")
    .option(...FIELD_OPTION)
    .option(
      "--file <path>",
      "write to this file, where there is a choice or only the cluster has the Ingress",
    )
    .option("--branch <name>", "commit on a new branch instead of printing a patch")
    .option("--pull-request", "push the branch to origin and open a pull request for it")
    .option("--base <branch>", "the branch to merge into; else the audited one");
  addForgeOptions(addSourceOptions(command))
    .addHelpText("after", HELP)
    .action(async (name: string | undefined, options: AdoptOptions) => {
      process.stdout.write(await adopt(ingressNamed(name, options), options, process));
    });
}

/** @returns What standard output gets. */
async function adopt(
  id: IngressId,
  options: AdoptOptions,
  process: NodeJS.Process,
): Promise<Buffer | string> {
  checkOptions(options);
  const forge = await forgeAccess(options, process.env);
  const { openGitWriter, runAdopt, yamlFileEditor } = await whatAdoptingNeeds();
  const { text, output } = await untilInterrupted(process, (signal) =>
    withSurroundings(process, signal, async (surroundings) => {
      const assembled = await assembleOne("adopt", { ...options, forge }, surroundings);
      const { request, ports, configuration } = assembled;
      const delivery = await deliveryOf(options, id, assembled);
      const [file = null] =
        options.file === undefined ? [] : repositoryPaths([options.file], options.repo, ports.git.workTree);
      const adoption = await runAdopt(
        { audit: request, id, fields: options.field ?? [], file, configured: everySource(configuration) },
        { ...ports, editor: yamlFileEditor },
      );
      const writer = await openGitWriter(options.repo, signal);
      const output = await deliverAdoption(adoption, delivery, writer, signal);
      return { text: adoptionText(adoption), output };
    }),
  );
  process.stderr.write(escapeTerminalLines(text).join("\n"));
  return output;
}

/** No other command does: it is loaded here. */
async function whatAdoptingNeeds() {
  const [{ openGitWriter }, { runAdopt }, { yamlFileEditor }] = await Promise.all([
    import("../../adapters/git/open-git-writer.ts"),
    import("../../audit/adopt/run-adopt.ts"),
    import("../../adapters/render/edit/yaml-file-editor.ts"),
  ]);
  return { openGitWriter, runAdopt, yamlFileEditor };
}

function checkOptions({ branch, pullRequest, base, worktree }: AdoptOptions): void {
  const isCommit = branch !== undefined || pullRequest === true;
  if (isCommit && worktree === true) {
    throw new AuditError({
      code: "usage",
      what: "A branch begins at a commit, and --worktree means the files on disk",
      mend: "Leave --worktree out, or take the patch.",
    });
  }
  if (base === undefined || pullRequest === true) return;
  throw new AuditError({
    code: "usage",
    what: "--base is of a pull request",
    mend: "Give --pull-request with it.",
  });
}

/** The forge comes first: without it a pull request is not to be had. */
async function deliveryOf(
  options: AdoptOptions,
  { namespace, name }: IngressId,
  { forge, request }: Assembled,
): Promise<Delivery> {
  const branch = options.branch ?? `ingress-audit/adopt-${namespace}-${name}`;
  if (options.pullRequest === true) {
    checkBase(options, request.ref);
    const base = options.base ?? request.ref.replace(/^(?:refs\/heads\/|(?:refs\/remotes\/)?origin\/)/, "");
    return { kind: "pull-request", branch, base, forge: await forge() };
  }
  return options.branch === undefined ? { kind: "patch" } : { kind: "branch", branch };
}

/** What has no name at GitHub cannot be merged into; found out before anything is pushed. */
function checkBase({ base }: AdoptOptions, ref: string): void {
  if (base !== undefined || !/^(?:HEAD|[0-9a-f]{7,64}|refs\/tags\/.*|.*[~^@].*)$/.test(ref)) return;
  throw new AuditError({
    code: "usage",
    what: `${ref} is no branch that a pull request could be merged into`,
    mend: "Name the branch with --base.",
  });
}

/** Those of other clusters count: what they render must not change. */
function everySource(configuration: Configuration) {
  return configuredSources(ownSources(configuration));
}
