import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { root } from '../../checks/repository.ts';
import { createFolder } from '../../cli/scan/testing/folder.ts';
import { measure } from './measure.ts';
import { type Result, scanInRounds } from './rounds.ts';
import { seriesTable } from './series.ts';
import { bulwark, type Tool } from './tools.ts';
import { makeTree, type Package, readPackage, smallestOf, type Tree } from './tree.ts';

const hole = "require('node:child_process').exec(require('express')().request.query.name);\n";
const folder = createFolder({
  'a.js': hole,
  'lib/b.js': 'export const one = 1;\nexport const two = 2;\n',
  'test/c.test.js': 'it();\n',
  'vendor/d.js': 'left();\n',
  'types.d.ts': 'export {};\n',
  'package.json': '{}',
});
afterAll(() => folder.remove());

describe('measure', () => {
  const run = (script: string, limit = 20) =>
    measure({ command: [process.execPath, '-e', script], cwd: folder.path, codes: [0, 1], limit });

  it('tells the time and the memory of a process and of its children, and what it wrote', () => {
    const script = "while (process.cpuUsage().user < 300_000); console.log('done')";
    const nested = `require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(script)}], { stdio: 'inherit' })`;
    const { cpu, wall, rss, stdout } = run(nested);
    expect(stdout).toBe('done\n');
    expect(cpu).toBeGreaterThanOrEqual(0.3);
    expect(wall).toBeGreaterThan(0);
    expect(rss).toBeGreaterThan(10);
    expect(rss).toBeLessThan(1000);
  });

  it('takes an exit code that was announced, and says the one that was not, with what was written', () => {
    expect(run('process.exitCode = 1').stdout).toBe('');
    expect(() => run("console.error('why'); process.exitCode = 3")).toThrow(/^ended with 3: why$/);
  });

  it('says that a program is not there, and that one was not ready in time', () => {
    expect(() => measure({ command: ['no-such-program'], cwd: '/', codes: [0], limit: 5 })).toThrow(
      /^ended with 127: .*no-such-program/,
    );
    expect(() => run('setInterval(() => {}, 1000)', 0.2)).toThrow('was not ready after 0.2 s');
  });
});

describe('a tree', () => {
  it('is the own sources and tests of packages, as often as was asked for, in lines and files', () => {
    const own = readPackage(folder.path) as Package;
    expect(own).toMatchObject({
      language: 'javascript',
      files: ['a.js', 'lib/b.js', 'test/c.test.js'],
      lines: 4,
    });
    const tree = makeTree([own], 3);
    expect(tree).toMatchObject({ lines: 12, files: { length: 9 } });
    const copied = readPackage(tree.folder) as Package;
    expect([...copied.files].sort()).toEqual([...tree.files].sort());
    tree.remove();
    expect(() => readPackage(tree.folder)).toThrow();
  });

  it('is made of the smallest packages that come nearest to a size, and of one in any case', () => {
    const [a, b, c] = [3, 9, 5].map((lines) => ({ lines })) as Package[] as [Package, Package, Package];
    expect(smallestOf([a, b, c], 10)).toEqual([a, c]);
    expect(smallestOf([a, b, c], 14)).toEqual([a, c, b]);
    expect(smallestOf([b, c], 1)).toEqual([c]);
  });
});

describe('scanning in rounds', () => {
  let tree: Tree;
  let results: Result[];

  beforeAll(async () => {
    vi.stubEnv('TSX_TSCONFIG_PATH', join(root, 'tsconfig.json'));
    const tsx = createRequire(import.meta.url).resolve('tsx');
    const config = join(folder.path, 'bulwark.config.json');
    writeFileSync(config, '{ "scan": { "tests": "scan" } }');
    const ours = bulwark([process.execPath, '--import', tsx, join(root, 'cli/main.ts')], config, []);
    const failing: Tool = { ...ours, name: 'failing', command: ['sh', '-c', 'echo broken >&2; exit 4'] };
    const foreign: Tool = { ...ours, name: 'foreign', languages: ['python'] };
    tree = makeTree([readPackage(folder.path) as Package], 2);
    results = await scanInRounds([ours, failing, foreign], tree, { rounds: 1, limit: 60 });
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    tree.remove();
  });

  it('has a measurement of each round, and counts what was scanned', () => {
    const [ours] = results;
    expect(ours).toMatchObject({
      tool: 'bulwark scan',
      measured: { length: 1 },
      counts: { files: 6, unread: 0 },
    });
    expect(ours?.failure).toBeUndefined();
    expect(ours?.measured[0]?.cpu).toBeGreaterThan(0);
  });

  it('says that a tool failed, and leaves out one for another language', () => {
    expect(results.map(({ tool }) => tool)).toEqual(['bulwark scan', 'failing']);
    expect(results[1]).toMatchObject({ measured: [], failure: 'ended with 4: broken' });
    const text = seriesTable([{ lines: tree.lines, files: tree.files.length, results }]);
    expect(text).toContain('failing on 0.0 kLOC ended with 4: broken.');
  });
});

describe('the table of a series', () => {
  it('has growth 1 for a linear tool, and bulwark beside the others', () => {
    const result = (tool: string, cpu: number): Result => ({
      ...{ tool, counts: { findings: 3, unread: 0 } },
      measured: [1, 1.1, 0.9].map((factor) => ({ cpu: cpu * factor, wall: cpu, rss: 100 })),
    });
    const step = (lines: number, ours: number, theirs: number) => ({
      ...{ lines, files: 1 },
      results: [result('ours', ours), result('theirs', theirs)],
    });
    const rows = seriesTable([step(1000, 1, 2), step(10_000, 20, 20)])
      .split('\n')
      .map((row) => row.split(/ {2,}/));
    expect(rows[1]).toEqual(['ours', '1.0', '1.00', '1.00', '100', '100.0', '1.00', '3']);
    expect(rows[2]).toEqual(['ours', '10.0', '20.00', '20.00', '100', '200.0', '2.00', '3']);
    expect(rows[3]).toEqual([
      'theirs',
      '1.0',
      '2.00',
      '2.00',
      '100',
      '200.0',
      '1.00',
      '3',
      '0.50 (0.50-0.50)',
    ]);
    expect(rows[4]?.[6]).toBe('1.00');
  });
});
