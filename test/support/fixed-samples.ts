import fc from "fast-check";

/**
 * Properties are tried on the same samples in each run, so that a change that did not touch them cannot fail by them.
 * `FAST_CHECK_SEED=random` draws others, and a number draws those that a failure has printed.
 */
const asked = process.env.FAST_CHECK_SEED ?? "20261125";
if (asked !== "random") fc.configureGlobal({ seed: Number(asked) });
