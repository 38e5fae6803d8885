import { describe, expect, it } from 'vitest';
import { codemodProjects } from './testing/try-codemod.ts';

const { project, run } = codemodProjects();

function rewritten(library: string, app: string): { text: string; app: string } {
  const { text, files } = run(library, project({ 'app.mjs': app }));
  return { text, app: files['app.mjs'] ?? '' };
}

describe('every codemod', () => {
  const app =
    "import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet());\n";

  it('removes the library from package.json, and adds bulwark', () => {
    const manifest = '{\n  "dependencies": {\n    "express": "5",\n    "helmet": "8"\n  }\n}\n';
    const { files } = run('helmet', project({ 'app.mjs': app, 'package.json': manifest }));
    expect(JSON.parse(files['package.json'] ?? '')).toEqual({
      dependencies: { bulwark: 'file:vendor/bulwark-0.1.0.tgz', express: '5' },
      devDependencies: { 'bulwark-cli': 'file:vendor/bulwark-cli-0.1.0.tgz' },
    });
  });

  it('keeps the library while any file uses it, even in tests', () => {
    const manifest = '{"dependencies":{"express":"5","helmet":"8"}}';
    const folder = project({
      'app.mjs': app,
      'test/a.test.mjs': "import helmet from 'helmet';\nhelmet.hsts();\n",
      'package.json': manifest,
    });
    expect(JSON.parse(run('helmet', folder).files['package.json'] ?? '')).toMatchObject({
      dependencies: { helmet: '8' },
    });
  });

  it('changes nothing when it is run again, or without --write', () => {
    const folder = project({ 'app.mjs': app });
    const shown = run('helmet', folder, false);
    expect(shown.files['app.mjs']).toBe(app);
    expect(shown.text).toContain('Nothing was written. Pass --write to write these changes.');
    const { files } = run('helmet', folder);
    const again = run('helmet', folder);
    expect(again).toEqual({ code: 0, text: 'Nothing to change: helmet is not used here.\n', files });
  });

  it.each([
    ['a name that is taken', `${app}const bulwark = 1;\n`, 'The name bulwark is taken'],
    [
      'a library that is required inside of a function',
      "export const make = async () => (await import('helmet')).default();\n",
      'is not imported by one statement at the top of the file',
    ],
    ['a syntax error', "import helmet from 'helmet';\nconst = helmet();\n", "app.mjs can't be parsed"],
  ])('leaves a file with %s', (_case, text, why) => {
    const tried = rewritten('helmet', text);
    expect(tried.app).toBe(text);
    expect(tried.text).toContain(why);
  });

  it('names the codemods that there are', () => {
    expect(() => run('lodash', project({}))).toThrow('There is no codemod for lodash');
  });
});
