import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
var ApiFailure=class extends Error{name="ApiFailure";failure;constructor(failure){super(failure.kind),this.failure=failure}};export{ApiFailure};
