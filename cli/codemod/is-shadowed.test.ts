import { describe, expect, it } from 'vitest';
import { codemodProjects } from './testing/try-codemod.ts';

const { project, run } = codemodProjects();
const start =
  "import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet());\n";

describe('a codemod', () => {
  it.each([
    'function f(helmet) { app.use(helmet()); }',
    'const f = ({ helmet }) => app.use(helmet());',
    'function f([a, { b: helmet = 1 }]) {}',
    '{ const helmet = () => 1; }',
    'try {} catch (helmet) {}',
    'function f(...helmet) {}',
    '{ class helmet {} }',
    'const f = function helmet() {};',
  ])('leaves a file where something else has the name: %s', (code) => {
    const before = `${start}${code}\n`;
    const { files, text } = run('helmet', project({ 'app.mjs': before }));
    expect(files['app.mjs']).toBe(before);
    expect(text).toContain('The name of helmet also stands for something else');
  });

  it('moves it where only properties have the name', () => {
    const code =
      'const { helmet: other } = app; app.helmet = { helmet: other }; export class A { helmet() {} }';
    const { files } = run('helmet', project({ 'app.mjs': `${start}${code}\n` }));
    expect(files['app.mjs']).toContain('app.use(bulwark(');
  });
});
