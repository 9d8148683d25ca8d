import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
import{revealInvisible}from"./chunk-G3DLTQ2R.js";function escapeTerminal(text){return revealInvisible(text)}function escapeTerminalLines(text){return revealInvisible(text,{keepNewlines:!0}).split(`
`)}export{escapeTerminal,escapeTerminalLines};
