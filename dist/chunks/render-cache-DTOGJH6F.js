import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
import{cacheKey,renderCache}from"./chunk-V45A5R4H.js";import"./chunk-74CNVJUE.js";export{cacheKey,renderCache};
