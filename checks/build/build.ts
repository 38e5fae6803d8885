/** Builds what is published, from nothing: a file that was deleted must not live on in dist. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../repository.ts';

const tsc = join(root, 'node_modules/typescript/bin/tsc');

for (const workspace of ['lib', 'cli']) {
  rmSync(join(root, workspace, 'dist'), { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [tsc, '-p', workspace], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
cpSync(join(root, 'docs/refusals'), join(root, 'cli/dist/refusals'), { recursive: true });
for (const program of ['cli/dist/main.js', 'lib/dist/fetch/gateway/main.js']) {
  chmodSync(join(root, program), 0o755);
}
