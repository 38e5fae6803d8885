import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';
import { type Packed, packAll } from './pack.ts';
import { createProject, type Project } from './project.ts';

const manifest = JSON.parse(readFileSync(join(root, 'lib/package.json'), 'utf8')) as {
  exports: Record<string, object>;
};
const paths = Object.keys(manifest.exports).map((path) => path.replace(/^\./, 'bulwark'));

let lib: Packed;
let cli: Packed;
let removeTarballs = (): void => {};

beforeAll(async () => {
  ({ lib, cli, remove: removeTarballs } = await packAll());
}, 300_000);
afterAll(() => removeTarballs());

describe('the tarball of bulwark', () => {
  it('holds what was built, and no tests', () => {
    const odd = lib.contents.filter(
      (file) => !/^(package\.json|README\.md|LICENSE|dist\/.*\.(js|d\.ts))$/.test(file),
    );
    expect(odd).toEqual([]);
    expect(lib.contents.filter((file) => /\.(test|test-d|fuzz|long)\./.test(file))).toEqual([]);
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

describe('a project that installs only bulwark', () => {
  let project: Project;
  beforeAll(async () => {
    project = createProject();
    await project.install(lib.file);
    // A process that imports the preload has to say what it may reach.
    project.write('bulwark.egress.json', '{"hosts":"public","mode":"enforce","log":"off"}');
  }, 300_000);
  afterAll(() => project?.remove());

  it('gets at most 8 packages and 6 MB, and no install script (law 5)', () => {
    const packages = project.installed();
    expect(Object.keys(packages).length).toBeLessThanOrEqual(8);
    expect(Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
    expect(project.size()).toBeLessThanOrEqual(6_000_000);
  });

  it.each(paths)('imports %s, without any peer', async (path) => {
    project.write('import.mjs', `console.log(Object.keys(await import('${path}')).length);\n`);
    const { code, output } = await project.run(process.execPath, 'import.mjs');
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^[1-9]\d*\n$/) });
  });

  it('can require them', async () => {
    project.write(
      'require.cjs',
      paths.map((path) => `console.log(Object.keys(require('${path}')).length);\n`).join(''),
    );
    const { code, output } = await project.run(process.execPath, 'require.cjs');
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^([1-9]\d*\n)+$/) });
  });

  it('has the gateway as a program', async () => {
    const { code, output } = await project.run('npx', '--no-install', 'bulwark-gateway', '--help');
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('--config') });
  });

  it('cannot import what is internal', async () => {
    project.write('internal.mjs', "await import('bulwark/internal/shared');\n");
    const { output } = await project.run(process.execPath, 'internal.mjs');
    expect(output).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it('gets an error that it can tell apart', async () => {
    const text = `
      import { isRefusal } from 'bulwark';
      import { configureEvents } from 'bulwark/event';
      import { createFetch } from 'bulwark/fetch';
      configureEvents({ sinks: [] });
      const error = await createFetch({ hosts: 'public' })('http://127.0.0.1/').catch((caught) => caught);
      console.log(isRefusal(error, 'fetch/*'), error.code);
    `;
    project.write('refusal.mjs', text);
    const { output } = await project.run(process.execPath, 'refusal.mjs');
    expect(output).toBe('true fetch/private-address\n');
  });
});

describe('a project in TypeScript', () => {
  const versions = ['5.4.5', '6.0.3', '7.0.2'];
  let project: Project;

  beforeAll(async () => {
    project = createProject();
    const compilers = versions.map((version) => `typescript-${version}@npm:typescript@${version}`);
    await project.install(lib.file, '@types/node@20.19.43', ...compilers);
    project.write('types.ts', usage(paths));
    project.write('mistake.ts', mistake);
  }, 300_000);
  afterAll(() => project?.remove());

  describe.each(versions)('of version %s', { timeout: 120_000 }, (version) => {
    it.each(['nodenext', 'bundler'])(
      'type-checks every import path, resolved as %s does',
      async (resolution) => {
        expect(await compile(project, version, resolution, 'types.ts')).toEqual([]);
      },
    );

    it('is told of a mistake', async () => {
      const [error] = await compile(project, version, 'nodenext', 'mistake.ts');
      expect(error).toMatch(/^mistake\.ts.*TS2345/);
    });
  });
});

describe('a project that installs bulwark-cli', () => {
  let project: Project;
  beforeAll(async () => {
    project = createProject();
    await project.install(lib.file, cli.file);
  }, 300_000);
  afterAll(() => project?.remove());

  it('has the program, with the pages', async () => {
    const bulwark = join(project.folder, 'node_modules/.bin/bulwark');
    const page = await project.run(bulwark, 'explain', 'fetch/private-address');
    expect(page).toEqual({
      code: 0,
      output: readFileSync(join(root, 'docs/refusals/fetch/private-address.md'), 'utf8'),
    });
    expect(await project.run(bulwark, '--version')).toEqual({ code: 0, output: '0.1.0\n' });
    expect(await project.run(bulwark, 'explain', 'no/such')).toMatchObject({ code: 2 });
    expect(cli.contents.filter((file) => /\.test\./.test(file))).toEqual([]);
  });

  it('scans Python and TypeScript with what it brings', async () => {
    const bulwark = join(project.folder, 'node_modules/.bin/bulwark');
    const app = join(project.folder, 'app');
    mkdirSync(app);
    writeFileSync(
      join(app, 'app.py'),
      'import os\nfrom flask import request\ndef view():\n    os.system("ls " + request.args["d"])\n',
    );
    writeFileSync(
      join(app, 'app.ts'),
      "import express from 'express';\nexpress().get('/', (req, res) => res.send('<b>' + req.query.name));\n",
    );
    const { code, output } = await project.run(bulwark, 'scan', app, '--format', 'json');
    const { findings } = JSON.parse(output) as { findings: { rule: string }[] };
    expect([code, findings.map(({ rule }) => rule).sort()]).toEqual([
      1,
      ['command/injection', 'xss/reflected'],
    ]);
    expect((await project.run(bulwark, 'explain', 'sql/injection')).code).toBe(0);
  });
});

/** Every path, and the errors told apart by types. */
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

/** The errors in the project's file and in our declarations; those of other packages are theirs. */
async function compile(
  project: Project,
  version: string,
  resolution: string,
  file: string,
): Promise<string[]> {
  const { code, output } = await project.run(
    process.execPath,
    `node_modules/typescript-${version}/bin/tsc`,
    ...[
      '--noEmit',
      '--strict',
      '--pretty',
      'false',
      '--target',
      'es2022',
      '--lib',
      'es2022',
      '--types',
      'node',
    ],
    ...['--module', resolution === 'bundler' ? 'esnext' : 'nodenext', '--moduleResolution', resolution],
    file,
  );
  const ours = output.split('\n').filter((line) => /^(types|mistake)\.ts|node_modules\/bulwark\//.test(line));
  // A compiler that did not run at all must not pass for one that found nothing.
  if (code !== 0 && !/error TS\d+/.test(output)) throw new Error(output);
  return ours;
}
