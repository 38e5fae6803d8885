/**
 * Builds cli/dist from nothing, straight from the sources of both packages. Installing the repository runs this
 * (`prepare`), so it needs only what the root's package.json names.
 */
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { root } from '../repository.ts';
import { licenseFile } from './license-file.ts';
import { plainCode } from './plain-code.ts';
import { publishFolder } from './publish-folder.ts';

/** Import paths of `bulwark` are folders of lib: the library need not be built for the command line. */
const librarySources: Plugin = {
  name: 'library-sources',
  setup({ onResolve }) {
    onResolve({ filter: /^bulwark(\/|$)/ }, ({ path }) => ({
      path: join(root, path.replace(/^bulwark/, 'lib'), 'index.ts'),
    }));
  },
};

/** What @cyclonedx/cyclonedx-library tries to load for XML and for validation, and does without. */
const optionalPlugins = ['ajv', 'ajv-formats', 'ajv-formats-draft2019', 'libxmljs2', 'xmlbuilder2'];

const finished = join(root, 'cli/dist');
mkdirSync(join(root, 'out'), { recursive: true });
const work = mkdtempSync(join(root, 'out/cli-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const dist = join(work, 'dist');
const { dependencies } = JSON.parse(readFileSync(join(root, 'cli/package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
// A few files, not hundreds, as each takes its time to load. What the command uses of the library is bundled with what
// that needs; the command's own packages stay outside.
const { outputFiles: bundles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['cli/main.ts', 'cli/scan/incremental/watch/scan-worker.ts'],
  outdir: finished,
  entryNames: '[name]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: [...Object.keys(dependencies), ...optionalPlugins],
  plugins: [librarySources],
  write: false,
  metafile: true,
});
const outputFiles = bundles.map(({ path, text }) => ({
  path: join(dist, relative(finished, path)),
  contents: plainCode(text),
}));
mkdirSync(dist);
for (const { path, contents } of outputFiles) writeFileSync(path, contents);
cpSync(join(root, 'docs/refusals'), join(dist, 'refusals'), { recursive: true });
cpSync(join(root, 'docs/rules'), join(dist, 'rules'), { recursive: true });
cpSync(join(root, 'docs/audit'), join(dist, 'audit'), { recursive: true });
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
  cpSync(licenseFile(resolve(root, folder)), join(dist, `${basename(folder)}.LICENSE`));
chmodSync(join(dist, 'main.js'), 0o755);
publishFolder(dist, finished);
