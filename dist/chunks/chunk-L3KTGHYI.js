import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
function ingressKey(id){return`${id.namespace}/${id.name}`}var RENDERERS=["plain","kustomize","helm"];export{ingressKey,RENDERERS};
