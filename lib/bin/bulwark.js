#!/usr/bin/env node
// Without a program of its own name, npx takes the only one that a package has: it started the gateway.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const program = findProgram();
if (program) {
  await import(pathToFileURL(program).href);
} else {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  console.error(
    `The command line is a package of its own, bulwark-cli, and it is not installed here.
Install it from where this package came from, at the same version (${version}):
  npm install --save-dev ./bulwark-cli-${version}.tgz            a packed tarball
  npm install --save-dev git+<repository>#v${version}      the repository at a tag
Do not install that name from a registry: the project has not published it yet.
The egress gateway, which is part of this package, is the command bulwark-gateway.`,
  );
  process.exitCode = 2;
}

/**
 * The command of bulwark-cli beside this package, by its own path or by the one that it was started by. Never by the current
 * folder, which may be a stranger's code that is about to be scanned.
 */
function findProgram() {
  for (const from of [import.meta.url, process.argv[1]]) {
    try {
      return join(createRequire(from).resolve('bulwark-cli/package.json'), '../bin/bulwark.js');
    } catch {
      // Not installed there.
    }
  }
  return undefined;
}
