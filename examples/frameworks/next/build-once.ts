import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const [twin = ''] = process.argv.slice(2);
const folder = join(import.meta.dirname, twin);
if (!existsSync(join(folder, '.next/BUILD_ID'))) {
  const { status } = spawnSync('npx', ['--no-install', 'next', 'build', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.exitCode = status ?? 1;
}
