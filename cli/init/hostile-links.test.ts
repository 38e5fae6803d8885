import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf, initProjects } from './testing/try-init.ts';

const { project, init } = initProjects();
const manifest = JSON.stringify({ dependencies: { express: '5' } });
const app = "const express = require('express');\nconst app = express();\nmodule.exports = app;\n";

describe('init writes through no link of the project (CWE-59)', () => {
  it('that is the file itself', async () => {
    const folder = project({ 'config/package.json': manifest, 'app.js': app });
    symlinkSync('config/package.json', join(folder.path, 'package.json'));
    await expect(init(folder)).rejects.toThrow('Nothing was written: package.json is a symbolic link');
    expect(readFileSync(join(folder.path, 'config/package.json'), 'utf8')).toBe(manifest);
    expect(filesOf(folder.path)['app.js']).toBe(app);
  });

  it('that leads nowhere', async () => {
    const folder = project({ 'package.json': manifest, 'app.js': app, 'test/own.test.js': '' });
    symlinkSync('../../gone.js', join(folder.path, 'test/bulwark.test.js'));
    const before = filesOf(folder.path);
    await expect(init(folder)).rejects.toThrow('test/bulwark.test.js is a symbolic link');
    expect(filesOf(folder.path)).toEqual(before);
  });

  it('whose folder is inside .git', async () => {
    const folder = project({ 'package.json': manifest, 'app.js': app, '.git/hooks/sample': '' });
    symlinkSync('.git/hooks', join(folder.path, '.husky'));
    const before = filesOf(folder.path);
    await expect(init(folder)).rejects.toThrow('.husky/pre-commit leads into .git');
    expect(filesOf(folder.path)).toEqual(before);
  });

  it('but accepts a folder that is a link inside the project', async () => {
    const folder = project({ 'package.json': manifest, 'app.js': app, 'src/checks/own.js': '' });
    symlinkSync('src/checks', join(folder.path, 'test'));
    expect((await init(folder)).code).toBe(0);
    expect(Object.keys(filesOf(folder.path))).toContain('src/checks/bulwark.test.js');
  });
});
