import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
function isRepositoryFile(path){return/^[^\s/][^\s]*\.(?:ya?ml|json)$/i.test(path)}export{isRepositoryFile};
