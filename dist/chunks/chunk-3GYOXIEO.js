import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
var CHANGES=["changed","added","removed","reordered"],STATES=["in-sync","changed","missing","extra"];export{CHANGES,STATES};
