import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
function fieldName(field){return field===""?"the whole Ingress":field}export{fieldName};
