import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
var SEVERITIES=["low","medium","high","critical"];function atLeast(severity,floor){return SEVERITIES.indexOf(severity)>=SEVERITIES.indexOf(floor)}export{SEVERITIES,atLeast};
