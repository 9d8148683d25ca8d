/** Inherited variables that Git may keep: where its configuration and its credentials are. */
const KEPT = /^GIT_(CONFIG_|SSH|ASKPASS$|SSL_|HTTP_|PROXY_|CURL_|EXEC_PATH$|CEILING_DIRECTORIES$)/;

/** Not Git's own by name, yet Git would run what they hold. */
const DROPPED = /^(EDITOR|VISUAL|PAGER|PREFIX|SSH_ASKPASS|LANGUAGE|LC_.*|LANG)$/i;

/**
 * The environment of every git process. Variables that would point Git at another repository (a hook sets them) are
 * gone, replace refs and grafts do not rewrite history, and nothing asks at a terminal.
 *
 * @param inherited The environment of this process.
 */
export function gitEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !DROPPED.test(entry[0]) && (!/^GIT_/i.test(entry[0]) || KEPT.test(entry[0])),
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C", // messages are matched in English
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_GRAFT_FILE: "/dev/null",
    GIT_FLUSH: "0", // git log writes each commit to a pipe by itself otherwise, which doubles its time
  };
}

/**
 * Reading never reaches for the network: a partial clone would fetch what it lacks object by object, through whatever
 * transport its configuration names.
 */
export const OFFLINE: Readonly<Record<string, string>> = {
  GIT_ALLOW_PROTOCOL: "none",
  GIT_NO_LAZY_FETCH: "1", // git >= 2.45 fails early and clearly
};

/** What a repository's or a user's configuration must not change: nothing is run, and output keeps its form. */
export const CONFIG: readonly string[] = [
  "core.fsmonitor=", // before git 2.36 any word is a command to run, "false" too
  "core.hooksPath=/dev/null",
  "core.untrackedCache=false",
  "protocol.ext.allow=never",
  "log.showSignature=false",
  "log.follow=false",
  "diff.orderFile=/dev/null",
  "advice.graftFileDeprecated=false", // git would tell of GIT_GRAFT_FILE above in every failure
  "mailmap.file=",
  "trailer.separators=:",
  "gc.auto=0",
  "maintenance.auto=false",
  "submodule.recurse=false",
  "fetch.recurseSubmodules=false",
];
