import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
import{cacheKey,renderCache}from"./chunk-NYCLHW25.js";import"./chunk-74CNVJUE.js";export{cacheKey,renderCache};
