import { describe, expect, it } from 'vitest';
import { createFolder } from '../../../scan/testing/folder.ts';
import { runCheck } from '../../check/run-check.ts';
import { nodeChecks } from '../../checks/node/all.ts';
import { openSubject } from '../../subject/open-subject.ts';
import { worst } from '../../verdict.ts';

const manifest = '{ "dependencies": { "express": "^5.0.0" }, "main": "app.js" }';
const start = "const app = require('express')();\n";

/** The verdicts of all checks, and what went wrong in them. */
async function audit(
  files: Readonly<Record<string, string>>,
): Promise<{ verdicts: string[]; mistakes: string[] }> {
  const folder = createFolder({ 'package.json': manifest, ...files });
  try {
    const subject = openSubject(folder.path, { today: '2026-12-01' });
    const results = [];
    for (const check of nodeChecks) results.push(await runCheck(check, subject));
    const outcomes = results.flat();
    return {
      verdicts: results.map((one) => (one.length === 0 ? 'none' : worst(one.map(({ verdict }) => verdict)))),
      mistakes: outcomes.map(({ summary }) => summary).filter((one) => one.includes('mistake of Bulwark')),
    };
  } finally {
    folder.remove();
  }
}

describe('hostile applications', () => {
  it.each([
    ['a chain of many calls', `${start}app${'.use((q, s, n) => n())'.repeat(3_000)};\n`],
    [
      'functions that call each other',
      `${start}${Array.from({ length: 60 }, (_, i) => `function f${i}(a) { ${Array.from({ length: 60 }, (_, j) => `f${j}(a);`).join(' ')} a.use(g); }`).join('\n')}\nf0(app);\n`,
    ],
    [
      'many calls of a function that returns',
      `${start}const f = () => { return 1; };\n${'f();\n'.repeat(20_000)}`,
    ],
    [
      'many statements that may return',
      `${start}function f() {\n${'if (x) return;\nrequire("y")();\n'.repeat(5_000)}}\nf();\n`,
    ],
    [
      'a value that depends on itself',
      `${start}const a = { ...b };\nconst b = { ...a };\napp.use(require('helmet')(a));\n`,
    ],
    ['deep nesting', `${start}const a = ${'['.repeat(5_000)}${']'.repeat(5_000)};\napp.use(a);\n`],
    [
      'a long sum',
      `${start}const a = ${"'x' + ".repeat(20_000)}'y';\napp.use(require('helmet')({ hsts: a }));\n`,
    ],
    [
      'a pattern that backtracks',
      `${start}app.use(require('cors')({ origin: /^(a+)+$/, credentials: true }));\n`,
    ],
    [
      'terminal escapes',
      `${start}app.use('\u001b[2J', require('cors')({ origin: process.env['\u001b[2J'] }));\n`,
    ],
  ])('end in time with %s', async (_name, code) => {
    const { verdicts, mistakes } = await audit({ 'app.js': code });
    expect(mistakes).toEqual([]);
    expect(verdicts).toHaveLength(nodeChecks.length);
  });

  it('passes nothing of what could not be read', async () => {
    const { verdicts, mistakes } = await audit({
      'app.js': "const app = require('express')(;\napp.use(require('helmet')());\n",
    });
    expect(mistakes).toEqual([]);
    expect(verdicts).not.toContain('pass');
  });

  it('follows modules that import each other, and manifests that are none', async () => {
    const { verdicts, mistakes } = await audit({
      'app.js': `${start}require('./a')(app);\n`,
      'a.js': "module.exports = require('./b');\n",
      'b.js': "module.exports = require('./a');\n",
      'other/package.json': '[[[',
      'more/package.json': '{ "dependencies": 7, "scripts": { "start": 3 }, "main": {} }',
    });
    expect(mistakes).toEqual([]);
    expect(verdicts).toContain('unknown');
  });
});
