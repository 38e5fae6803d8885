import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSubject } from '../../../subject/open-subject.ts';
import { lockFiles } from '../read-lock-files.ts';

const run = promisify(execFile);
const tools = mkdtempSync(join(tmpdir(), 'managers-'));

/** Each manager locks real packages anew, and its own list of them is compared with what was read. */
beforeAll(async () => {
  const dependencies = {
    pnpm8: 'npm:pnpm@8.15.9',
    pnpm10: 'npm:pnpm@10.34.9',
    yarn1: 'npm:yarn@1.22.22',
    yarn4: 'npm:@yarnpkg/cli-dist@4.18.1',
    bun: '1.4.5',
  };
  writeFileSync(join(tools, 'package.json'), JSON.stringify({ private: true, dependencies }));
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: tools });
}, 600_000);

afterAll(() => rmSync(tools, { recursive: true, force: true }));

const projects: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'aliases, peers and optional packages': {
    'package.json': JSON.stringify({
      name: 'shop',
      version: '1.0.0',
      dependencies: {
        'old-ms': 'npm:ms@2.0.0',
        'use-sync-external-store': '1.2.0',
        react: '18.2.0',
        debug: '4.3.4',
      },
      optionalDependencies: { fsevents: '2.3.3' },
      devDependencies: { chokidar: '3.5.3' },
    }),
  },
  'a workspace': {
    'package.json': JSON.stringify({
      name: 'root',
      version: '1.0.0',
      private: true,
      workspaces: ['packages/*'],
    }),
    'pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n",
    'packages/a/package.json': JSON.stringify({
      name: '@w/a',
      version: '1.0.0',
      dependencies: { ms: '2.0.0' },
    }),
    'packages/b/package.json': JSON.stringify({
      name: '@w/b',
      version: '1.0.0',
      dependencies: { ms: '2.1.2' },
      devDependencies: { debug: '^4.3.0' },
    }),
  },
};

interface Manager {
  readonly name: string;
  readonly program: () => readonly [string, ...string[]];
  readonly install: readonly string[];
  readonly list: readonly string[];
  /** `name@version` of each package in the output of the list. */
  readonly names: (output: string) => readonly string[];
  readonly isAliased?: true;
  /** It lists only what this platform installs. */
  readonly isOfPlatform?: true;
}

const program = (path: string) => (): readonly [string, ...string[]] => [
  'node',
  join(tools, 'node_modules', path),
];

const managers: readonly Manager[] = [
  {
    name: 'npm',
    program: () => ['npm'],
    install: ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'],
    list: ['ls', '--all', '--json', '--long', '--package-lock-only'],
    names: (output) => walkTree(JSON.parse(output), 'name'),
  },
  ...['pnpm8', 'pnpm10'].map((name) => ({
    name,
    program: program(`${name}/bin/pnpm.cjs`),
    install: ['install', '--ignore-scripts', '--no-frozen-lockfile'],
    list: ['ls', '-r', '--depth', 'Infinity', '--json'],
    names: (output: string) => (JSON.parse(output) as object[]).flatMap((one) => walkTree(one, 'from')),
    isOfPlatform: true as const,
  })),
  {
    name: 'yarn 1',
    program: program('yarn1/bin/yarn.js'),
    install: ['install', '--ignore-scripts', '--non-interactive'],
    list: ['list', '--json'],
    names: (output) =>
      [...output.matchAll(/"name":"([^"]+@\d[^"]*)","children"/g)].map(([, name = '']) => name),
    isAliased: true,
  },
  {
    name: 'yarn 4',
    program: program('yarn4/bin/yarn.js'),
    install: ['install', '--mode=skip-build'],
    list: ['info', '-A', '-R', '--json'],
    names: (output) =>
      [...output.matchAll(/^\{"value":"(@?[^@"]+)@([^"]+)".*?"Version":"([^"]+)"/gm)].flatMap(
        ([, name = '', range = '', version = '']) =>
          range.startsWith('workspace:') ? [] : [`${name}@${version}`],
      ),
  },
  {
    name: 'bun',
    program: () => [
      join(tools, 'node_modules/@oven', `bun-linux-${process.arch === 'x64' ? 'x64' : 'aarch64'}`, 'bin/bun'),
    ],
    install: ['install', '--ignore-scripts'],
    list: ['pm', 'ls', '--all'],
    names: (output) =>
      [...output.matchAll(/\u2500 (\S+@\S+)/g)].flatMap(([, name = '']) =>
        name.includes('@workspace:') ? [] : [name],
      ),
    isAliased: true,
    isOfPlatform: true,
  },
];

describe.each(managers)('$name', (manager) => {
  it.each(Object.entries(projects))('lists %s as its lock file was read', async (_, files) => {
    const folder = mkdtempSync(join(tmpdir(), 'locked-'));
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      writeFileSync(
        join(folder, '.yarnrc.yml'),
        `enableTelemetry: false\nnodeLinker: node-modules\nglobalFolder: ${tools}/yarn\n`,
      );
      const [command, ...first] = manager.program();
      const env = { ...process.env, YARN_ENABLE_IMMUTABLE_INSTALLS: 'false', CI: '' };
      await run(command, [...first, ...manager.install], { cwd: folder, env });
      const { stdout } = await run(command, [...first, ...manager.list], {
        cwd: folder,
        env,
        maxBuffer: 50_000_000,
      });
      const [lock] = lockFiles(openSubject(folder, { today: '2026-12-01' }));
      expect(lock?.problems).toEqual([]);
      const outside = lock?.packages.filter(({ source }) => source.kind !== 'workspace') ?? [];
      const listed = new Set(manager.names(stdout).filter((name) => !name.startsWith('@w/')));
      const name = (one: (typeof outside)[number]): string =>
        `${manager.isAliased ? (one.alias ?? one.name) : one.name}@${one.version}`;
      const read = new Set(outside.map(name));
      expect(listed.size).toBeGreaterThan(2);
      expect([...listed].filter((one) => !read.has(one))).toEqual([]);
      const more = outside.filter((one) => !listed.has(name(one)));
      expect(more.filter((one) => !(manager.isOfPlatform && one.isOptional)).map(name)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function walkTree(node: object, key: 'name' | 'from'): readonly string[] {
  const one = node as Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
  return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    key === 'name' && kind !== 'dependencies'
      ? []
      : Object.values(one[kind] ?? {}).flatMap((child) => {
          const version = String(child['version'] ?? '');
          const isOwn = version === '' || version.startsWith('link:') || child['missing'] === true;
          return [...(isOwn ? [] : [`${child[key]}@${version}`]), ...walkTree(child, key)];
        }),
  );
}
