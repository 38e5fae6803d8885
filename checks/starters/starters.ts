import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';

/** A project as its framework's own generator makes it. */
export interface Starter {
  readonly name: string;
  /** Makes the project in a folder of its name. */
  make(generators: string, folder: string): Promise<void>;
  readonly manager: 'npm' | 'pnpm';
  readonly build?: string;
  /** Scripts of package.json that must pass, by `npm run`. */
  readonly tests: readonly string[];
  /** The command that starts it. It listens on PORT, if it reads that. */
  start(port: number): readonly [string, ...string[]];
  /** The port that it listens on, if it does not read PORT. */
  readonly port?: number;
  /** Text on its page. */
  readonly shows: string;
}

/** A program of checks/starters/generators. */
async function generate(generators: string, folder: string, name: string, ...args: string[]): Promise<void> {
  const { code, output } = await outcome(
    join(folder, '..'),
    join(generators, 'node_modules/.bin', name),
    args,
  );
  if (code !== 0) throw new Error(`${name} failed:\n${output}`);
}

function copy(template: string): Starter['make'] {
  return async (_generators, folder) => {
    cpSync(join(root, 'checks/starters/templates', template), folder, { recursive: true });
    if (template !== 'hono-nodejs') return;
    renameSync(join(folder, 'gitignore'), join(folder, '.gitignore'));
    renameSync(join(folder, 'src/index.ts.template'), join(folder, 'src/index.ts'));
  };
}

const next = ['--app', '--no-tailwind', '--no-eslint', '--skip-install', '--yes', '--disable-git'];

export const starters: readonly Starter[] = [
  {
    name: 'express-pug',
    make: (generators, folder) => generate(generators, folder, 'express', '--view=pug', folder),
    manager: 'npm',
    tests: ['test'],
    start: () => ['node', 'bin/www'],
    shows: 'Welcome to Express',
  },
  {
    name: 'express-ejs-pnpm',
    make: (generators, folder) => generate(generators, folder, 'express', '--view=ejs', folder),
    manager: 'pnpm',
    tests: ['test'],
    start: () => ['node', 'bin/www'],
    shows: 'Welcome to Express',
  },
  {
    name: 'fastify-javascript',
    make: (generators, folder) => generate(generators, folder, 'fastify', 'generate', folder),
    manager: 'npm',
    tests: ['test'],
    start: (port) => ['npx', '--no-install', 'fastify', 'start', '-p', String(port), 'app.js'],
    shows: '"root":true',
  },
  {
    name: 'fastify-typescript',
    make: async (generators, folder) => {
      await generate(generators, folder, 'fastify', 'generate', folder, '--lang=ts');
      // Its own configuration does not build with the TypeScript 6 that it asks for (TS5011).
      const file = join(folder, 'tsconfig.json');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace('"outDir": "dist"', '"outDir": "dist",\n    "rootDir": "src"'));
    },
    manager: 'npm',
    build: 'build:ts',
    // Its own script `test` has a pattern that Node 20 does not expand.
    tests: [],
    start: (port) => ['npx', '--no-install', 'fastify', 'start', '-p', String(port), 'dist/app.js'],
    shows: '"root":true',
  },
  {
    name: 'koa',
    make: (generators, folder) => generate(generators, folder, 'koa2', folder),
    manager: 'npm',
    tests: ['test'],
    start: () => ['node', 'bin/www'],
    shows: 'Hello Koa 2!',
  },
  {
    name: 'hono-typescript-pnpm',
    make: copy('hono-nodejs'),
    manager: 'pnpm',
    build: 'build',
    tests: ['test'],
    start: () => ['node', 'dist/index.js'],
    port: 3000,
    shows: 'Hello Hono!',
  },
  {
    name: 'node',
    make: copy('node'),
    manager: 'npm',
    tests: ['test'],
    start: () => ['node', 'server.js'],
    shows: 'Hello World',
  },
  {
    name: 'nest-typescript',
    make: (generators, folder) =>
      generate(
        generators,
        folder,
        'nest',
        'new',
        'nest-typescript',
        '--skip-install',
        '--skip-git',
        '--package-manager',
        'npm',
      ),
    manager: 'npm',
    build: 'build',
    tests: ['test', 'test:e2e'],
    start: () => ['node', 'dist/main'],
    shows: 'Hello World!',
  },
  {
    name: 'next-javascript',
    make: (generators, folder) =>
      generate(generators, folder, 'create-next-app', folder, '--js', '--no-src-dir', ...next),
    manager: 'npm',
    build: 'build',
    tests: [],
    start: (port) => ['npx', '--no-install', 'next', 'start', '-p', String(port)],
    shows: 'To get started',
  },
  {
    name: 'next-typescript',
    make: (generators, folder) =>
      generate(generators, folder, 'create-next-app', folder, '--ts', '--src-dir', ...next),
    manager: 'npm',
    build: 'build',
    tests: [],
    start: (port) => ['npx', '--no-install', 'next', 'start', '-p', String(port)],
    shows: 'To get started',
  },
];
