import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);
import{jsonReport}from"./chunk-OXO3P4IV.js";import"./chunk-ORK5XSIB.js";import"./chunk-RQJIWP4Y.js";import"./chunk-L6NFVBZL.js";import"./chunk-74CNVJUE.js";export{jsonReport};
