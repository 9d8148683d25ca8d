import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
import{revealInvisible}from"./chunk-G3DLTQ2R.js";function escapeTerminal(text){return revealInvisible(text)}export{escapeTerminal};
