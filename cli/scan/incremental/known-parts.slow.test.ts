import { describe, expect, it } from 'vitest';
import { createModuleReader } from '../read-modules.ts';
import { readCases } from '../testing/cases.ts';
import { encodeFiles, KeptFiles } from './kept-files.ts';
import { resultOf } from './known-parts.ts';
import { MemoryCache } from './memory-cache.ts';
import type { PartCache, ReadFiles, ScannedPart } from './part-cache.ts';
import { type PartResult, scanPart } from './scan-part.ts';
import { splitProject } from './split-project.ts';
import { bytesOf } from './testing/bytes-of.ts';
import { projectOf } from './testing/project-of.ts';

type Texts = Readonly<Record<string, string>>;

/** Keeps files as bytes, as they are kept on the disk. */
class EncodingCache extends MemoryCache {
  readonly #files = new Map<string, ReadFiles>();

  override keep(name: string, scanned: ScannedPart): void {
    super.keep(name, scanned);
    const files = KeptFiles.decode(bytesOf(Buffer.concat([...encodeFiles(scanned)])));
    if (files) this.#files.set(name, files);
  }

  override files(name: string): ReadFiles | undefined {
    return this.#files.get(name);
  }
}

interface AfterEdit {
  /** Undefined where it was asked for a scan. */
  readonly known: PartResult | undefined;
  readonly scanned: PartResult;
  readonly fresh: PartResult;
  /** Paths of files that were read again. */
  readonly read: readonly string[];
}

/** What is known of a project after an edit, and what a scan says of it. */
async function afterEdit(before: Texts, after: Texts, cache: PartCache): Promise<AfterEdit> {
  const read = await createModuleReader(projectOf(before).files);
  const [old] = splitProject(projectOf(before));
  const [now] = splitProject(projectOf(after));
  if (!old || !now) throw new Error('no part');
  resultOf(old, [], cache, read, (reader) => scanPart(old, [], reader));
  cache.endScan();
  const again: string[] = [];
  let isAsked = false;
  const scanned = resultOf(
    now,
    [],
    cache,
    (file) => {
      again.push(file.path);
      return read(file);
    },
    (reader) => {
      isAsked = true;
      return scanPart(now, [], reader);
    },
  );
  return {
    known: isAsked ? undefined : scanned,
    scanned,
    fresh: scanPart(now, [], read),
    read: again,
  };
}

const caches: readonly (readonly [string, () => PartCache])[] = [
  ['in memory', () => new MemoryCache()],
  ['as bytes', () => new EncodingCache()],
];

const app = {
  'app.js': `import express from 'express';
import run from './run.js';
express().get('/', (req, res) => {
  run(req.query.x);
  run(req.headers.host);
  res.send(\`
    <p>\${req.query.x}</p>
  \`);
});
`,
  'run.js': "import cp from 'node:child_process';\nexport default (x) => cp.exec(x);\n",
};

describe.each(caches)('an edit that leaves the code as it is, kept %s', (_, cache) => {
  it.each<[string, Texts]>([
    ['a comment in front', { 'app.js': `// the server\n${app['app.js']}` }],
    ['a comment behind a call', { 'run.js': app['run.js'].replace(';\nexport', '; /* runs */\n\n\nexport') }],
    ['another indentation', { 'app.js': app['app.js'].replace('  run(', '      run (') }],
    ['two files', { 'app.js': `\n${app['app.js']}`, 'run.js': `/* x */ ${app['run.js']}` }],
    [
      'a comment for the scanner',
      { 'run.js': `// bulwark-ignore-file command/injection: no\n${app['run.js']}` },
    ],
  ])('%s: moves what was found', async (_, edit) => {
    const { known, fresh } = await afterEdit(app, { ...app, ...edit }, cache());
    expect(fresh.findings.length).toBeGreaterThan(1);
    expect(known).toEqual(fresh);
  });

  it('is one that lets Python stand elsewhere', async () => {
    const text = 'import os, sys\nfrom flask import request\ndef f():\n    os.system(request.args["x"])\n';
    const moved = { 'a.py': text.replace('    os', '\n    # now\n        \n    os') };
    const { known, fresh } = await afterEdit({ 'a.py': text }, moved, cache());
    expect(fresh.findings.map(({ place }) => place.line)).toEqual([7]);
    expect(known).toEqual(fresh);
  });
});

it.each<[string, Texts]>([
  ['another name', { 'run.js': app['run.js'].replace('exec', 'execFile') }],
  ['another text', { 'app.js': app['app.js'].replace("'/'", "'/x'") }],
  ['a line in a text', { 'app.js': app['app.js'].replace('<p>', '\n<p>') }],
  ['one more statement', { 'app.js': `${app['app.js']}run('x');\n` }],
  ['one more file', { 'new.js': '' }],
  ['no code at all', { 'run.js': '' }],
  ['what cannot be read', { 'run.js': `${app['run.js']}\n((` }],
])('asks for a scan after %s', async (_, edit) => {
  const { known, scanned, fresh } = await afterEdit(app, { ...app, ...edit }, new EncodingCache());
  expect(known).toBeUndefined();
  expect(scanned).toEqual(fresh);
});

it.each(caches)('reads no file again that is as it was, kept %s', async (_, cache) => {
  const edit = { ...app, 'run.js': app['run.js'].replace('exec', 'execFile') };
  expect((await afterEdit(app, edit, cache())).read).toEqual(['run.js']);
});

it('knows what has not changed for as long as it is asked for', async () => {
  const cache = new MemoryCache();
  for (let i = 0; i < 3; i++) expect((await afterEdit(app, app, cache)).read).toEqual([]);
  cache.endScan();
  cache.endScan();
  expect((await afterEdit(app, app, cache)).read).toEqual([]);
});

it('says of an edited case what a scan of it says', async () => {
  const names = ['nosql-injection/javascript', 'cookie-flags/python', 'xss-template/javascript'];
  const cases = names.flatMap((name) => readCases(`cli/scan/rules/${name}.cases`));
  let compared = 0;
  for (const { title, files } of cases) {
    const before = Object.fromEntries(files.map(({ path, text }) => [path, text]));
    const after = Object.fromEntries(files.map(({ path, text }, i) => [path, edited(text, path, i)]));
    const { known, fresh } = await afterEdit(before, after, new EncodingCache());
    if (!known) continue;
    expect(known, title).toEqual(fresh);
    compared++;
  }
  expect(compared).toBeGreaterThan(40);
});

/** A comment before each third line or so: in a text it is no comment, and the code is another. */
function edited(text: string, path: string, seed: number): string {
  const comment = path.endsWith('.py') ? '# x' : /\.[jt]sx?$/.test(path) ? '// x' : '';
  return text
    .split('\n')
    .flatMap((line, i) => ((i + seed) % 3 === 0 ? [/^\s*/.exec(line)?.[0] + comment, line] : [line]))
    .join('\n');
}
