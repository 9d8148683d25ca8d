import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
function onceForEach(answer){let known=new WeakMap;return subject=>{let remembered=known.get(subject)??{answer:answer(subject)};return known.set(subject,remembered),remembered.answer}}export{onceForEach};
