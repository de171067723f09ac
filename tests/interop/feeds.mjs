// Reads an Atom feed or a JSON Feed with feedsmith and prints it as JSON: node feeds.mjs FILE

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.env.CLAIMBOOK_TOOLS}/npm/`);
const { parseAtomFeed, parseJsonFeed } = await import(pathToFileURL(require.resolve("feedsmith")));

const [path] = process.argv.slice(2);
const text = readFileSync(path, "utf8");
const feed = path.endsWith(".json") ? parseJsonFeed(JSON.parse(text)) : parseAtomFeed(text);
console.log(JSON.stringify(feed));
