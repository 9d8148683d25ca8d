import packageJson from "../../../package.json" with { type: "json" };

export const TOOL = { name: "ingress-audit", version: packageJson.version };
