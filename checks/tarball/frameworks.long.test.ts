import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../free-port.ts';
import { start } from '../starters/started.ts';
import type { App } from './apps/app.ts';
import { apps } from './apps/apps.ts';
import { nextApp } from './apps/next.ts';
import { compileApp, type Form, writeMistake, writeSources } from './compile-app.ts';
import { type Packed, packLibrary } from './pack.ts';
import { createProject, type Project } from './project.ts';
import { tryApp } from './try-app.ts';
import { type Resolution, typeErrors } from './type-errors.ts';

const versions = ['5.4.5', '6.0.3', '7.0.2'];
const resolutions: readonly Resolution[] = ['nodenext', 'bundler'];

let lib: Packed;
let removeTarball = (): void => {};
let compilers: Project;

beforeAll(async () => {
  compilers = createProject();
  const installed = compilers.install(
    ...versions.map((version) => `typescript-${version}@npm:typescript@${version}`),
  );
  const packed = packLibrary().then((tarball) => {
    ({ lib, remove: removeTarball } = tarball);
  });
  await Promise.all([installed, packed]);
}, 600_000);
afterAll(() => {
  compilers?.remove();
  removeTarball();
});

describe.each(Object.entries(apps))('a fresh project with %s', (_name, app: App) => {
  let project: Project;
  let files: readonly string[];
  beforeAll(async () => {
    project = createProject();
    await project.install(lib.file, ...app.packages, '@types/node@20.19.43');
    files = [...writeSources(project, app), writeMistake(project, app)];
  }, 300_000);
  afterAll(() => project?.remove());

  it.each<Form>(['import', 'require'])('keeps what its page promises, by `%s`', async (form) => {
    const program = compileApp(project, app, form);
    const { url, stop } = await start(project.folder, process.execPath, [program], await freePort());
    try {
      await tryApp(url);
    } finally {
      await stop();
    }
  });

  it.each(versions)('type-checks with TypeScript %s, and reports a mistake', async (version) => {
    for (const resolution of resolutions) {
      const errors = await typeErrors(
        project.folder,
        files,
        compilers.folder,
        version,
        resolution,
        app.compiler,
      );
      // Nothing in the application, and nothing in our declarations.
      expect({ resolution, errors }).toEqual({
        resolution,
        errors: [expect.stringMatching(/^mistake\.tsx?\b.*TS\d+/)],
      });
    }
  });
});

const builtFirst: Readonly<Record<string, App>> = {
  'Next.js 15': nextApp('15.5.29', 'middleware'),
  'Next.js 16': nextApp('16.4.6', 'proxy'),
};

describe.each(Object.entries(builtFirst))('a fresh project with %s', (_name, app) => {
  let project: Project;
  let files: readonly string[];
  beforeAll(async () => {
    project = createProject();
    await project.install(lib.file, ...app.packages, '@types/node@20.19.43', 'typescript@6.0.3');
    files = writeSources(project, app);
  }, 300_000);
  afterAll(() => project?.remove());

  it('builds, types included, and keeps what its page promises', async () => {
    const next = join(project.folder, 'node_modules/next/dist/bin/next');
    const built = await project.run(
      'env',
      'NEXT_TELEMETRY_DISABLED=1',
      'NODE_ENV=production',
      process.execPath,
      next,
      'build',
    );
    expect(built).toEqual({ code: 0, output: expect.stringContaining('/cart') });
    const port = await freePort();
    const args = [next, 'start', '-p', String(port), '-H', '127.0.0.1'];
    const { url, stop } = await start(project.folder, process.execPath, args, port);
    try {
      await tryApp(url);
    } finally {
      await stop();
    }
  });

  // Next.js itself asks for `moduleResolution: bundler`.
  it.each(versions)('type-checks with TypeScript %s, and reports a mistake', async (version) => {
    rmSync(join(project.folder, 'tsconfig.json'), { force: true });
    const sources = [...files.filter((file) => /\.tsx?$/.test(file)), writeMistake(project, app)];
    const errors = await typeErrors(
      project.folder,
      sources,
      compilers.folder,
      version,
      'bundler',
      app.compiler,
    );
    expect(errors).toEqual([expect.stringMatching(/^mistake\.tsx?\b.*TS\d+/)]);
  });
});
