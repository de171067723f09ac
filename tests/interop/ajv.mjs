// Validates JSON files against a schema with ajv and the formats its users add, and prints the
// paths of those it refuses: node ajv.mjs SCHEMA FILE…

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.CLAIMBOOK_TOOLS}/npm/`);
const Ajv = require("ajv/dist/2020").default;
const addFormats = require("ajv-formats").default;
const edtf = require("edtf");

function isEdtf(text) {
  try {
    edtf.parse(text);
    return true;
  } catch {
    return false;
  }
}

const ajv = new Ajv({ allErrors: true, keywords: ["x-error", "x-meant"] });
addFormats(ajv);
ajv.addFormat("edtf", isEdtf);

const [schema, ...files] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const accepts = ajv.compile(read(schema));
console.log(JSON.stringify(files.filter((path) => !accepts(read(path)))));
