import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
import{AuditError}from"./chunk-ROTGQVOE.js";function checkedJson(schema,value,name){let checked=schema.safeParse(value);if(checked.success)return`${JSON.stringify(checked.data,null,2)}
`;let[issue]=checked.error.issues;throw new AuditError({code:"report-invalid",what:`${name} does not fit its schema`,where:{field:issue?.path.join(".")??"",message:issue?.message??""},mend:"Report this as a defect of ingress-audit.",cause:checked.error})}export{checkedJson};
