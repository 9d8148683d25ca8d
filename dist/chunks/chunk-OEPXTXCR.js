import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
function given(options){return Object.fromEntries(Object.entries(options).filter(([,value])=>value!==void 0))}export{given};
