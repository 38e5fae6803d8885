/** Builds what is published, from nothing: a file that was deleted must not live on in dist. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { root } from '../repository.ts';
import { plainCode } from './plain-code.ts';

for (const workspace of ['lib', 'cli'])
  rmSync(join(root, workspace, 'dist'), { recursive: true, force: true });

const tsc = join(root, 'node_modules/typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'lib'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

// The command is a few files, not hundreds, as each takes its time to load. So is what it uses of the library, with what that
// needs: its packages are left out, but for this one.
const dist = join(root, 'cli/dist');
const { dependencies } = JSON.parse(readFileSync(join(root, 'cli/package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
const { outputFiles: bundles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['cli/main.ts', 'cli/scan/watch/scan-worker.ts'],
  outdir: dist,
  entryNames: '[name]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: Object.keys(dependencies).filter((name) => name !== 'bulwark'),
  write: false,
  metafile: true,
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
// What is found depends on all of these: the code, the grammar, and the versions of the packages.
const hash = createHash('sha256');
for (const { contents } of outputFiles) hash.update(contents);
for (const file of [join(dist, 'tree-sitter-python.wasm'), join(root, 'cli/package.json')])
  hash.update(readFileSync(file));
writeFileSync(join(dist, 'build-id.txt'), `${hash.digest('hex')}\n`);
const packages = Object.keys(metafile.inputs).flatMap(
  (path) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [],
);
for (const folder of [grammar, ...new Set(packages)])
  cpSync(resolve(root, folder, 'LICENSE'), join(dist, `${basename(folder)}.LICENSE`));
for (const program of ['cli/dist/main.js', 'lib/dist/fetch/gateway/main.js']) {
  chmodSync(join(root, program), 0o755);
}
