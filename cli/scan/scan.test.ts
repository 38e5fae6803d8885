import { expect, it } from 'vitest';
import { waysOf } from '../finding/finding.ts';
import { MemoryCache } from './incremental/memory-cache.ts';
import type { PartCache } from './incremental/part-cache.ts';
import type { PartResult } from './incremental/scan-part.ts';
import { projectOf } from './incremental/testing/project-of.ts';
import type { ScanResult } from './report/scan-result.ts';
import { createScan } from './scan.ts';

const hole = "import cp from 'node:child_process';\nexport default (req, res) => cp.exec(req.query.x);\n";
const two = {
  'a/package.json': '{ "name": "a" }',
  'a/app.js': `import express from 'express';\nimport run from './run.js';\nexpress().get('/', run);\n`,
  'a/run.js': hole,
  'b/package.json': '{ "name": "b" }',
  'b/index.js': 'export const x = 1;\n',
};

function countingCache(): PartCache & { readonly made: string[] } {
  const cache = new MemoryCache();
  const results = new Map<string, PartResult>();
  const made: string[] = [];
  return {
    made,
    result: (_, key) => results.get(key),
    files: (name) => cache.files(name),
    keep(name, scanned) {
      made.push(scanned.key);
      results.set(scanned.key, scanned.result);
      cache.keep(name, scanned);
    },
    endScan: () => cache.endScan(),
  };
}

type Scan = ReturnType<typeof createScan>;

function run(scan: Scan, texts: Readonly<Record<string, string>>): Promise<ScanResult> {
  const options = { models: [], today: '2026-01-01', progress: () => {}, wants: () => true };
  return scan({ project: projectOf(texts), ...options });
}

const rulesOf = ({ findings }: ScanResult): string[] => findings.map(({ rule }) => rule);

it('finds the same from what is kept', async () => {
  const cache = countingCache();
  const fresh = await run(createScan(cache), two);
  const kept = await run(createScan(cache), two);
  expect(rulesOf(fresh)).toContain('command/injection');
  expect(kept).toEqual(fresh);
  expect(cache.made).toHaveLength(2);
});

it('scans the part again in which something has changed, and no other', async () => {
  const cache = countingCache();
  await run(createScan(cache), two);
  const mended = await run(createScan(cache), { ...two, 'a/run.js': 'export default () => {};\n' });
  expect(rulesOf(mended)).not.toContain('command/injection');
  expect(cache.made).toHaveLength(3);
  const worse = await run(createScan(cache), { ...two, 'b/index.js': hole });
  expect(rulesOf(worse)).toContain('command/injection');
  expect(cache.made).toHaveLength(4);
});

it('scans again what has other imports', async () => {
  const cache = countingCache();
  await run(createScan(cache), two);
  await run(createScan(cache), { ...two, 'tsconfig.json': '{ "compilerOptions": { "baseUrl": "." } }' });
  expect(cache.made).toHaveLength(4);
});

it('obeys the choice of rules and the date of suppressions, whatever is kept', async () => {
  const cache = countingCache();
  const project = projectOf({
    ...two,
    'a/run.js': hole.replace(
      'export',
      '// bulwark-ignore command/injection: an example until 2026-06-01\nexport',
    ),
  });
  const options = { project, models: [], progress: () => {} };
  const scan = (today: string, wants = (): boolean => true): Promise<ScanResult> =>
    createScan(cache)({ ...options, today, wants });
  expect(rulesOf(await scan('2026-01-01'))).not.toContain('command/injection');
  expect(rulesOf(await scan('2026-07-01'))).toContain('command/injection');
  expect(rulesOf(await scan('2026-07-01', () => false))).toEqual([]);
});

it('says once what several sources do in one place: the surest way, and the others behind it', async () => {
  const app = `import express from 'express';
import cp from 'node:child_process';
express().get('/', (req, res) => {
  const line = 'show ' + String(req.query.name).trim();
  cp.exec(req.query.all ? line + req.headers.host : req.body.line);
});
`;
  const { findings } = await run(createScan(), { 'app.js': app });
  const [finding, ...more] = findings.filter(({ rule }) => rule === 'command/injection');
  expect(more).toEqual([]);
  expect(finding?.place.line).toBe(5);
  const sources = finding ? waysOf(finding).map(([source]) => source?.place) : [];
  expect(sources.map((source) => [source?.line, source?.column])).toEqual([
    [5, 53],
    [5, 34],
    [4, 33],
  ]);
});
