/** Builds lib/dist from nothing: a file that was deleted must not live on there. */
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../repository.ts';

rmSync(join(root, 'lib/dist'), { recursive: true, force: true });
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'lib'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
chmodSync(join(root, 'lib/dist/fetch/gateway/main.js'), 0o755);
