import path from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");

/**
 * Bundle both entries, the command line and the Action, into a folder: `cli.js`, `action.js`, and in `chunks/` what
 * they share and what is loaded only when it is needed.
 *
 * @returns What went into each file.
 */
export async function bundle(outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { cli: "src/entry/cli/start.ts", action: "src/entry/action/main.ts" },
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    platform: "node",
    target: "node24",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    metafile: true,
    plugins: [withoutUnusedToolkit],
    banner: {
      js: 'import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);',
    },
    logLevel: "warning",
  });
  return metafile;
}

/**
 * `@actions/core` brings an HTTP client (400 kB, a tenth of a second) for OpenID Connect tokens, which nothing here asks
 * for. Its packages do not say that importing them has no effect; they have none.
 */
const withoutUnusedToolkit: Plugin = {
  name: "without-unused-toolkit",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^@actions\/|^undici$|^\.{1,2}\// }, async ({ path: name, pluginData, ...where }) => {
      const isToolkit = name.startsWith("@actions/") || /node_modules\/@actions\//.test(where.resolveDir);
      if (pluginData === SEEN || !isToolkit) return null;
      const found = await resolve(name, { ...where, pluginData: SEEN });
      return { ...found, sideEffects: false };
    });
  },
};

/** Marks a question of our own, which esbuild shall answer without asking again. */
const SEEN = "seen";
