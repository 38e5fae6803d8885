import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [twin = ''] = process.argv.slice(2);
const folder = join(import.meta.dirname, twin);
const changed = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => !/^\.next|\.tsbuildinfo$/.test(file),
);
// Next.js writes BUILD_ID before the build is complete.
const done = join(folder, '.next/built-once');
const built = changed(done);
const isOld = [
  ...sources.map((file) => join(folder, file)),
  join(import.meta.dirname, 'node_modules/.package-lock.json'),
].some((path) => changed(path) > built);
if (isOld) {
  const { status } = spawnSync('npx', ['--no-install', 'next', 'build', folder], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status === 0) writeFileSync(done, '');
  process.exitCode = status ?? 1;
}
