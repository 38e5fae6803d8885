/** Builds what is published, from nothing: a file that was deleted must not live on in dist. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../repository.ts';
import { plainCode } from './plain-code.ts';

for (const workspace of ['lib', 'cli'])
  rmSync(join(root, workspace, 'dist'), { recursive: true, force: true });

const tsc = join(root, 'node_modules/typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'lib'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

// The command is a few files, not hundreds, as each takes its time to load; the packages that it uses are not in them.
const dist = join(root, 'cli/dist');
const { outputFiles: bundles } = await build({
  entryPoints: [join(root, 'cli/main.ts'), join(root, 'cli/scan/watch/scan-worker.ts')],
  outdir: dist,
  entryNames: '[name]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  // Without the paths by which the sources find the library in this repository: it is a package of its own.
  tsconfigRaw: '{}',
  write: false,
});
const outputFiles = bundles.map(({ path, text }) => ({ path, contents: plainCode(text) }));
mkdirSync(dist, { recursive: true });
for (const { path, contents } of outputFiles) writeFileSync(path, contents);
cpSync(join(root, 'docs/refusals'), join(dist, 'refusals'), { recursive: true });
cpSync(join(root, 'docs/rules'), join(dist, 'rules'), { recursive: true });
// The grammar of Python comes with the scanner: its own package has a native build that nobody needs here.
const grammar = dirname(
  createRequire(join(root, 'cli/package.json')).resolve('tree-sitter-python/package.json'),
);
cpSync(join(grammar, 'tree-sitter-python.wasm'), join(dist, 'tree-sitter-python.wasm'));
// What is found depends on all of these: the code, the grammar, the versions of the packages, and the library.
const hash = createHash('sha256');
for (const { contents } of outputFiles) hash.update(contents);
const library = join(root, 'lib/dist');
for (const file of [
  join(dist, 'tree-sitter-python.wasm'),
  join(root, 'cli/package.json'),
  ...readdirSync(library, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js'))
    .sort()
    .map((path) => join(library, path)),
])
  hash.update(readFileSync(file));
writeFileSync(join(dist, 'build-id.txt'), `${hash.digest('hex')}\n`);
cpSync(join(grammar, 'LICENSE'), join(dist, 'tree-sitter-python.LICENSE'));
for (const program of ['cli/dist/main.js', 'lib/dist/fetch/gateway/main.js']) {
  chmodSync(join(root, program), 0o755);
}
