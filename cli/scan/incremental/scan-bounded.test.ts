import { expect, it } from 'vitest';
import type { SourceFile } from '../project/project.ts';
import { createModuleReader, type ModuleReader } from '../read-modules.ts';
import { scanBounded } from './scan-bounded.ts';
import { splitProject } from './split-project.ts';
import { projectOf } from './testing/project-of.ts';

const hole = "require('express')().get('/', (req, res) => res.send('<p>' + req.query.q));\n";

async function scanned(
  texts: Readonly<Record<string, string>>,
  wrap: (read: ModuleReader) => ModuleReader = (read) => read,
): Promise<ReturnType<typeof scanBounded>> {
  const project = projectOf(texts);
  const [part] = splitProject(project);
  if (!part) throw new Error('no part');
  return scanBounded(part, [], wrap(await createModuleReader(project.files)));
}

/** Reads as a file that is nested so deeply that the stack does not hold it. */
const overflowsIn =
  (path: string) =>
  (read: ModuleReader): ModuleReader =>
  (file: SourceFile) => {
    const deeper = (): number => 1 + deeper();
    if (file.path === path) deeper();
    return read(file);
  };

const twoFiles = {
  'a.js': "const { run } = require('./z');\nrequire('express')().get('/', (req, res) => run(req.query.q));\n",
  'deep.js': hole,
  'z.js': "exports.run = (text) => require('node:child_process').exec(text);\n",
};

it('names a file that the stack does not hold, and follows data through the others', async () => {
  const result = await scanned(twoFiles, overflowsIn('deep.js'));
  const found = result.findings.map(({ rule, place }) => `${rule} ${place.path}`);
  expect(found).toContain('command/injection z.js');
  expect(found).not.toContain('xss/reflected deep.js');
  expect(result.notices.map(({ code, place }) => [code, place?.path])).toEqual([
    ['scan/too-deep', 'deep.js'],
  ]);
});

it('scans files one by one where the stack holds each but not all', async () => {
  let count = 0;
  const overflowsOnce: (read: ModuleReader) => ModuleReader = (read) => (file) => {
    const deeper = (): number => 1 + deeper();
    if (++count === 1) deeper();
    return read(file);
  };
  const result = await scanned({ 'a.js': hole, 'z.js': hole }, overflowsOnce);
  expect(result.findings.filter(({ rule }) => rule === 'xss/reflected')).toHaveLength(2);
  expect(result.notices.map(({ code }) => code)).toEqual(['scan/too-deep']);
});

it('says nothing where all is as usual', async () => {
  const result = await scanned({ 'a.js': hole, 'z.js': 'export const x = 1;\n' });
  expect(result.notices).toEqual([]);
  expect(result.findings.map(({ rule }) => rule)).toContain('xss/reflected');
});

it.each([TypeError, RangeError])('does not take a mistake of its own for too much code: %o', async (Kind) => {
  const wrong = (): never => {
    throw new Kind('a mistake');
  };
  await expect(scanned({ 'a.js': hole }, () => wrong)).rejects.toThrow('a mistake');
});

it('reports the gravest thousand findings of a file, says how many there are, and those of others', async () => {
  const many = Array.from(
    { length: 1200 },
    (_, i) => `app.get('/${i}', (req, res) => res.send(req.query.q));`,
  );
  const worst = "app.get('/x', (req) => require('node:child_process').exec(req.query.q));";
  const text = `const app = require('express')();\n${many.join('\n')}\n${worst}\n`;
  const { findings, notices } = await scanned({ 'a.js': text, 'z.js': hole });
  expect(findings.filter(({ place }) => place.path === 'a.js')).toHaveLength(1000);
  expect(findings.map(({ rule }) => rule)).toContain('command/injection');
  expect(findings.filter(({ place }) => place.path === 'z.js')).not.toHaveLength(0);
  expect(notices.map(({ code, place }) => `${code} ${place?.path}`)).toEqual(['scan/many-findings a.js']);
});
