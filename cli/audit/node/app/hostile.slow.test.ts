import { describe, expect, it } from 'vitest';
import { createFolder } from '../../../scan/testing/folder.ts';
import { runCheck } from '../../check/run-check.ts';
import { nodeChecks } from '../../checks/node/all.ts';
import { openSubject } from '../../subject/open-subject.ts';
import { worst } from '../../verdict.ts';
import { nodeApplications } from './node-application.ts';

const manifest = '{ "dependencies": { "express": "^5.0.0" }, "main": "app.js" }';
const start = "const app = require('express')();\n";

/** The verdicts of all checks, and what went wrong in them. */
async function audit(
  files: Readonly<Record<string, string>>,
): Promise<{ verdicts: string[]; mistakes: string[]; gaps: readonly string[] }> {
  const folder = createFolder({ 'package.json': manifest, ...files });
  try {
    const subject = openSubject(folder.path, { today: '2026-12-01' });
    const results = [];
    for (const check of nodeChecks) results.push(await runCheck(check, subject));
    const outcomes = results.flat();
    return {
      gaps: nodeApplications(subject).flatMap(({ gaps }) => gaps),
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
    [
      'a deep chain of functions that return each other',
      `${start}const f0 = () => require('helmet')();\n${Array.from({ length: 5_000 }, (_, i) => `const f${i + 1} = () => f${i}();`).join('\n')}\napp.use(f5000());\n`,
    ],
    [
      'functions that return two of the next',
      `${start}function f0() { return { hsts: false }; }\n${Array.from({ length: 60 }, (_, i) => `function f${i + 1}() { return x ? f${i}() : f${i}(); }`).join('\n')}\napp.use(require('helmet')(f60()));\n`,
    ],
    [
      'calls inside each other',
      `${start}const f = (a) => a;\napp.use(${'f('.repeat(3_000)}require('helmet')()${')'.repeat(3_000)});\n`,
    ],
    [
      'a deep chain of functions that return functions',
      `${start}const f = ${'() => '.repeat(2_000)}1;\napp.use(f${'()'.repeat(2_000)});\n`,
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

  it.each([
    [
      'a deep chain of functions that return each other',
      (last: string) =>
        `const f0 = () => ${last};\n${Array.from({ length: 5_000 }, (_, i) => `const f${i + 1} = () => f${i}();`).join('\n')}\napp.use(f5000());\n`,
      ['pass', 'fail'],
    ],
    [
      'calls inside each other',
      (last: string) => `const f = (a) => a;\napp.use(${'f('.repeat(3_000)}${last}${')'.repeat(3_000)});\n`,
      ['unknown', 'unknown'],
    ],
  ])('pass nothing by %s', async (_name, code, verdicts) => {
    const at = nodeChecks.findIndex(({ id }) => id === 'node/powered-by');
    const good = await audit({ 'app.js': `${start}${code("require('helmet')()")}` });
    const bad = await audit({ 'app.js': `${start}${code('((q, s, n) => n())')}` });
    expect([good.verdicts[at], bad.verdicts[at]]).toEqual(verdicts);
  });

  it('says that a project has more modules than are read', async () => {
    const names = Array.from({ length: 3_100 }, (_, i) => `m${i}.js`);
    const { verdicts, mistakes, gaps } = await audit({
      'app.js': `${start}${names.map((name) => `require('./${name}');`).join('\n')}\n`,
      ...Object.fromEntries(names.map((name) => [name, ''])),
    });
    expect(mistakes).toEqual([]);
    expect(verdicts).toContain('unknown');
    expect(gaps).toContain('The project has more modules than are read; some were left out.');
    expect(gaps.filter((gap) => gap.includes('could not be read'))).toEqual([]);
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
