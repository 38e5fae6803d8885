/** Builds what is published, from nothing: a file that was deleted must not live on in dist. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from '../repository.ts';

const tsc = join(root, 'node_modules/typescript/bin/tsc');

for (const workspace of ['lib', 'cli']) {
  rmSync(join(root, workspace, 'dist'), { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [tsc, '-p', workspace], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
cpSync(join(root, 'docs/refusals'), join(root, 'cli/dist/refusals'), { recursive: true });
cpSync(join(root, 'docs/rules'), join(root, 'cli/dist/rules'), { recursive: true });
// The grammar of Python comes with the scanner: its own package has a native build that nobody needs here.
const grammar = dirname(
  createRequire(join(root, 'cli/package.json')).resolve('tree-sitter-python/package.json'),
);
const reader = join(root, 'cli/dist/scan/python');
cpSync(join(grammar, 'tree-sitter-python.wasm'), join(reader, 'tree-sitter-python.wasm'));
cpSync(join(grammar, 'LICENSE'), join(reader, 'tree-sitter-python.LICENSE'));
for (const program of ['cli/dist/main.js', 'lib/dist/fetch/gateway/main.js']) {
  chmodSync(join(root, program), 0o755);
}
