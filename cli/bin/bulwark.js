#!/usr/bin/env node
// Plain JavaScript, so that npm can link it before anything was built: a clone has the command right after `npm ci`.
import { existsSync } from 'node:fs';

const built = new URL('../dist/main.js', import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  console.error('bulwark is not built yet. In a clone, run `npm run build`, then try again.');
  process.exitCode = 2;
}
