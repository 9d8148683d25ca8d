import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";

const { INPUT_NAME, INPUT_PATH, TEST_ARTIFACTS } = process.env;
const folder = path.join(TEST_ARTIFACTS, INPUT_NAME);
mkdirSync(folder, { recursive: true });
copyFileSync(INPUT_PATH, path.join(folder, path.basename(INPUT_PATH)));
