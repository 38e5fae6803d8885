import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';
import { importEach } from './import-each.ts';
import { importedPackages } from './imports.ts';
import { type Packed, packAll } from './pack.ts';
import { namesItsFramework, peersFor, peersOf } from './peers.ts';
import { createProject, type Project } from './project.ts';
import { type Resolution, typeErrors } from './type-errors.ts';

function manifestOf(workspace: string): Manifest {
  return JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8')) as Manifest;
}

interface Manifest {
  readonly exports?: Readonly<Record<string, object>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const paths = Object.keys(manifestOf('lib').exports ?? {}).map((path) => path.replace(/^\./, 'bulwark'));

const alone = paths.filter((path) => peersFor(path) === undefined);

const versions = ['5.4.5', '6.0.3', '7.0.2'];

let lib: Packed;
let cli: Packed;
let removeTarballs = (): void => {};
/** Installed at the same time, because npm mostly waits: the library alone, both packages, and the compilers. */
let only: Project;
let both: Project;
let compilers: Project;

beforeAll(async () => {
  [only, both, compilers] = [createProject(), createProject(), createProject()];
  const installed = compilers.install(
    ...versions.map((version) => `typescript-${version}@npm:typescript@${version}`),
  );
  const packed = packAll().then((tarballs) => {
    ({ lib, cli, remove: removeTarballs } = tarballs);
  });
  await Promise.all([installed, packed]);
  await Promise.all([only.install(lib.file), both.install(lib.file, cli.file)]);
}, 600_000);
afterAll(() => {
  for (const project of [only, both, compilers]) project?.remove();
  removeTarballs();
});

describe('the tarball of bulwark', () => {
  it('holds what was built, and no tests', () => {
    const odd = lib.contents.filter(
      (file) =>
        !/^(package\.json|README\.md|LICENSE|bin\/bulwark\.js|dist\/.*\.(js|d\.ts)|dist\/command\/policy\/imagemagick\/policy\.xml)$/.test(
          file,
        ),
    );
    expect(odd).toEqual([]);
    expect(lib.contents.filter((file) => /\.(test|test-d|fuzz|long|slow)\./.test(file))).toEqual([]);
    expect(lib.contents).toContain('dist/index.js');
    expect(lib.contents).toContain('LICENSE');
  });

  it('satisfies publint', async () => {
    const tarball = readFileSync(lib.file);
    const { messages, pkg } = await publint({
      pack: { tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.length) },
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('satisfies attw, as a package of ES modules', { timeout: 120_000 }, async () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const args = [attw, lib.file, '--profile', 'esm-only', '--no-emoji', '--no-color', '--format', 'ascii'];
    expect(await outcome(root, process.execPath, args)).toMatchObject({ code: 0 });
  });
});

describe('the tarball of bulwark-cli', () => {
  it('holds the program in few files, with the pages and the grammar, and nothing else', () => {
    const pages = ['refusals', 'rules', 'audit'].flatMap((kind) =>
      readdirSync(join(root, 'docs', kind), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => `dist/${relative(join(root, 'docs'), join(entry.parentPath, entry.name))}`),
    );
    const named = ['package.json', 'README.md', 'LICENSE', 'bin/bulwark.js'];
    const programs = ['main', 'scan-worker'].map((name) => `dist/${name}.js`);
    const bundled = [
      ...[
        'csp_evaluator',
        'cyclonedx-library',
        'entities',
        'hashes',
        'js-yaml',
        'parse5',
        'parsers',
        'pep440',
      ],
      ...['semver', 'tree-sitter-python'],
    ];
    const licences = bundled.map((name) => `${name}.LICENSE`);
    const beside = ['build-id.txt', 'tree-sitter-python.wasm', ...licences];
    const wanted = [...named, ...programs, ...beside.map((file) => `dist/${file}`), ...pages];
    expect(pages.length).toBeGreaterThan(100);
    // What the bundler splits off has a hash in its name.
    expect(cli.contents.filter((file) => !/^dist\/[\w-]+-[0-9A-Z]{8}\.js$/.test(file)).sort()).toEqual(
      wanted.sort(),
    );
    // Each front end of a language is loaded on its own, which splits what they share.
    expect(cli.contents.length - wanted.length).toBeLessThan(110);
  });

  it('imports no undeclared package', async () => {
    const declared = Object.keys(manifestOf('cli').dependencies ?? {});
    const scripts = cli.contents.filter((file) => file.endsWith('.js'));
    const imported = await importedPackages(
      scripts.map((file) => join(both.folder, 'node_modules/bulwark-cli', file)),
    );
    expect(imported).toContain('commander');
    expect(imported.filter((name) => !declared.includes(name))).toEqual([]);
  });
});

describe('a project that installs only bulwark', () => {
  /** By path: how many names it exports, or why it cannot be imported. */
  let imported: ReadonlyMap<string, string>;
  beforeAll(async () => {
    // A process that imports the preload has to say what it may reach.
    only.write('bulwark.egress.json', '{"hosts":"public","mode":"enforce","log":"off"}');
    only.write('import.mjs', importEach);
    const { output } = await only.run(process.execPath, 'import.mjs', ...alone);
    imported = new Map(
      output.split('\n').map((line) => [line.replace(/ .*/, ''), line.replace(/^\S* /, '')]),
    );
  }, 60_000);

  it('gets at most 8 packages and 6 MB, and no install script (law 5)', () => {
    const packages = only.installed();
    expect(Object.keys(packages).length).toBeLessThanOrEqual(8);
    expect(Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
    expect(only.size()).toBeLessThanOrEqual(6_000_000);
  });

  it.each(alone)('imports %s, without any peer', (path) => {
    expect(imported.get(path)).toMatch(/^[1-9]\d*$/);
  });

  it('prints nothing when it imports them', () => {
    expect([...imported.keys()]).toEqual([...alone, '']);
  });

  it('can require them', async () => {
    only.write(
      'require.cjs',
      alone.map((path) => `console.log(Object.keys(require('${path}')).length);\n`).join(''),
    );
    const { code, output } = await only.run(process.execPath, 'require.cjs');
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^([1-9]\d*\n)+$/) });
  });

  it('has the gateway as a program', async () => {
    const { code, output } = await only.run('npx', '--no-install', 'bulwark-gateway', '--help');
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('--config') });
  });

  it('says how to get the command line, and starts nothing else', async () => {
    const { code, output } = await only.run('npx', '--no-install', 'bulwark', 'scan', '.');
    expect({ code, output }).toEqual({
      code: 2,
      output: expect.stringContaining('npm install --save-dev ./bulwark-cli-0.1.0.tgz'),
    });
  });

  it('runs no command line that the current folder brings', async () => {
    const planted = 'repository/node_modules/bulwark-cli';
    only.write(`${planted}/package.json`, '{ "type": "module" }');
    only.write(`${planted}/bin/bulwark.js`, "console.log('planted');\n");
    const program = join(only.folder, 'node_modules/bulwark/bin/bulwark.js');
    const scan = await outcome(join(only.folder, 'repository'), process.execPath, [program, 'scan']);
    expect(scan).toEqual({ code: 2, output: expect.not.stringContaining('planted') });
  });

  it('cannot import what is internal', async () => {
    only.write('internal.mjs', "await import('bulwark/internal/shared');\n");
    const { output } = await only.run(process.execPath, 'internal.mjs');
    expect(output).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it('can tell errors apart', async () => {
    const text = `
      import { isRefusal } from 'bulwark';
      import { configureEvents } from 'bulwark/event';
      import { createFetch } from 'bulwark/fetch';
      configureEvents({ sinks: [] });
      const error = await createFetch({ hosts: 'public' })('http://127.0.0.1/').catch((caught) => caught);
      console.log(isRefusal(error, 'fetch/*'), error.code);
    `;
    only.write('refusal.mjs', text);
    const { output } = await only.run(process.execPath, 'refusal.mjs');
    expect(output).toBe('true fetch/private-address\n');
  });
});

describe('a project that has the peers of paths that load one', () => {
  it('imports and requires them', async () => {
    for (const peer of Object.values(peersOf).flat()) both.link(peer);
    const withPeers = paths.filter((path) => peersFor(path) !== undefined);
    both.write('import.mjs', importEach);
    const { output } = await both.run(process.execPath, 'import.mjs', ...withPeers);
    expect(output).toMatch(/^(\S+ [1-9]\d*\n)+$/);
    both.write(
      'require.cjs',
      withPeers.map((path) => `console.log(Object.keys(require('${path}')).length);\n`).join(''),
    );
    expect(await both.run(process.execPath, 'require.cjs')).toEqual({
      code: 0,
      output: expect.stringMatching(/^([1-9]\d*\n)+$/),
    });
  });
});

describe('a project in TypeScript', () => {
  beforeAll(() => {
    for (const peer of ['@types/node', ...Object.values(peersOf).flat()]) only.link(peer);
    // Beside their framework: frameworks.long.test.ts.
    only.write('types.ts', usage(paths.filter((path) => !namesItsFramework(path))));
    only.write('mistake.ts', mistake);
  });

  describe.each(versions)('of version %s', { timeout: 120_000 }, (version) => {
    it.each<Resolution>(['nodenext', 'bundler'])(
      'type-checks every import path and reports a mistake, with module resolution %s',
      async (resolution) => {
        const files = ['types.ts', 'mistake.ts'];
        const errors = await typeErrors(only.folder, files, compilers.folder, version, resolution);
        // Nothing in the other file, and nothing in our declarations.
        expect(errors).toEqual([expect.stringMatching(/^mistake\.ts.*TS2345/)]);
      },
    );
  });
});

describe('a project that installs bulwark-cli', () => {
  it('runs it as `bulwark`, whichever of the two packages npm linked', async () => {
    const { code, output } = await both.run('npx', '--no-install', 'bulwark', '--version');
    expect({ code, output }).toEqual({ code: 0, output: '0.1.0\n' });
    const ofLibrary = join(both.folder, 'node_modules/bulwark/bin/bulwark.js');
    expect(await both.run(process.execPath, ofLibrary, '--version')).toEqual({ code: 0, output: '0.1.0\n' });
  });

  it('has the program, with the pages', async () => {
    const bulwark = join(both.folder, 'node_modules/.bin/bulwark');
    const page = await both.run(bulwark, 'explain', 'fetch/private-address');
    expect(page).toEqual({
      code: 0,
      output: readFileSync(join(root, 'docs/refusals/fetch/private-address.md'), 'utf8'),
    });
    expect(await both.run(bulwark, '--version')).toEqual({ code: 0, output: '0.1.0\n' });
    expect(await both.run(bulwark, 'explain', 'no/such')).toMatchObject({ code: 2 });
  });

  it('scans Python and TypeScript with what it brings', async () => {
    const bulwark = join(both.folder, 'node_modules/.bin/bulwark');
    const app = join(both.folder, 'app');
    mkdirSync(app);
    writeFileSync(
      join(app, 'app.py'),
      'import os\nfrom flask import request\ndef view():\n    os.system("ls " + request.args["d"])\n',
    );
    writeFileSync(
      join(app, 'app.ts'),
      "import express from 'express';\nexpress().get('/', (req, res) => res.send('<b>' + req.query.name));\n",
    );
    const { code, output } = await both.run(bulwark, 'scan', app, '--format', 'json');
    const { findings } = JSON.parse(output) as { findings: { rule: string }[] };
    expect([code, findings.map(({ rule }) => rule).sort()]).toEqual([
      1,
      ['command/injection', 'xss/reflected'],
    ]);
    expect((await both.run(bulwark, 'explain', 'sql/injection')).code).toBe(0);
  });
});

/** Imports every path, and narrows an error by its code. */
function usage(specifiers: readonly string[]): string {
  const imports = specifiers.map((path, index) => `import * as part${index} from '${path}';`);
  return `${imports.join('\n')}
    export const parts: object[] = [${specifiers.map((_, index) => `part${index}`).join(', ')}];
    export function hostOf(error: unknown): string | undefined {
      return part0.isRefusal(error, 'fetch/private-address') ? error.detail.host : undefined;
    }
  `;
}

const mistake = "import { isRefusal } from 'bulwark';\nisRefusal(new Error(), 'fetch/no-such-code');\n";
