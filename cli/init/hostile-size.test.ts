import { describe, expect, it } from 'vitest';
import { codemodProjects } from '../codemod/testing/try-codemod.ts';
import { initProjects } from './testing/try-init.ts';

const { project, init } = initProjects();
const codemods = codemodProjects();
const manifest = JSON.stringify({ dependencies: { express: '5' } });
const head = "const express = require('express');\nconst app = express();\n";

describe('init ends on files that are large in one way (CWE-407)', () => {
  it.each([
    ['error handlers', 'app.use(function (a, b, c, d) {});\n', 'app.js:3 has its own error handler'],
    ['settings', "app.set('trust proxy', 1);\n", 'app.js:3 trusts proxies.'],
  ])('%s', async (_name, line, said) => {
    const folder = project({ 'package.json': manifest, 'app.js': head + line.repeat(20_000) });
    const { code, text } = await init(folder, { mode: 'dry-run' });
    expect(code).toBe(0);
    expect(text).toContain(said);
    expect(text.match(/^- app\.js:/gm)).toHaveLength(50);
  });

  it('applications', async () => {
    const apps = Array.from({ length: 20_000 }, (_, i) => `const app${i} = express();`);
    const folder = project({ 'package.json': manifest, 'app.js': `${head}${apps.join('\n')}\n` });
    const { text } = await init(folder, { mode: 'dry-run' });
    expect(text).toContain("20001 variables hold `express()`, so init can't tell which one serves requests.");
  });

  it('source code, of which it parses 20 MB, and says so', async () => {
    const long = `// express ${'x'.repeat(2_000_000)}\n`;
    const large = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`b${i}.js`, long]));
    const folder = project({
      'package.json': manifest,
      'app.js': `${head}module.exports = app;\n`,
      ...large,
    });
    const { code, text } = await init(folder, { mode: 'dry-run' });
    expect(code).toBe(0);
    expect(text).toContain('const { bulwark, bulwarkErrors, cspReportHandler }');
    expect(text).toContain('The project has more source code than init reads, so some files were skipped.');
  });
});

describe('a codemod leaves a file with more uses than anyone writes', () => {
  it.each([
    ['cors', "const cors = require('cors');\n", 'app.use(cors());\n'],
    ['csurf', '', 'req.csrfToken();\n'],
  ])('of %s', (library, start, line) => {
    const text = start + line.repeat(20_000);
    const tried = codemods.run(library, codemods.project({ 'app.js': text }));
    expect([tried.code, tried.files['app.js']]).toEqual([1, text]);
    expect(tried.text).toContain(`app.js:1: ${library} is used more than 300 times here.`);
  });

  it('and rewrites 100 of them', () => {
    const text = 'req.csrfToken();\n'.repeat(100);
    const { code, files } = codemods.run('csurf', codemods.project({ 'app.js': text }));
    expect([code, files['app.js']?.match(/csrfToken\(req\)/g)]).toEqual([0, expect.any(Array)]);
  });
});

describe('a package.json that npm would not read', () => {
  it.each(['dependencies', 'devDependencies', 'scripts'])('%s is a list', async (field) => {
    const text = JSON.stringify({ dependencies: { express: '5' }, [field]: [] });
    const folder = project({ 'package.json': text, 'app.js': `${head}module.exports = app;\n` });
    await expect(init(folder)).rejects.toThrow(`${field} in package.json is not an object`);
  });
});
