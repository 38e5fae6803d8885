import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../repository.ts';
import { exportsOf } from './exports-of.ts';

function manifestOf(workspace: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8')) as Record<string, unknown>;
}

describe('the exports of lib/package.json', () => {
  it('are its folders, one to one (run `npm run fix`)', () => {
    const exports = manifestOf('lib')['exports'];
    expect(exports).toEqual(exportsOf(join(root, 'lib')));
    expect(Object.keys(exports as object)[0]).toBe('.');
  });

  const folder = mkdtempSync(join(tmpdir(), 'bulwark-exports-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('follow nested folders, and leave out internal ones and folders without an index', () => {
    for (const file of ['index.ts', 'sql/index.ts', 'sql/pg/index.ts', 'internal/index.ts', 'path/join.ts']) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), '');
    }
    expect(exportsOf(folder)).toEqual({
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './sql': { types: './dist/sql/index.d.ts', default: './dist/sql/index.js' },
      './sql/pg': { types: './dist/sql/pg/index.d.ts', default: './dist/sql/pg/index.js' },
    });
  });
});

describe('the workspaces', () => {
  it('have one version', () => {
    const versions = ['lib', 'cli', 'checks', 'bench', 'examples/lab'].map(
      (name) => manifestOf(name)['version'],
    );
    expect(new Set(versions).size).toBe(1);
  });

  it('take exact versions, apart from peers', () => {
    const loose = ['', 'lib', 'cli', 'checks', 'bench', 'examples/lab'].flatMap((name) => {
      const manifest = manifestOf(name);
      const wanted = {
        ...(manifest['dependencies'] as Record<string, string> | undefined),
        ...(manifest['devDependencies'] as Record<string, string> | undefined),
      };
      return Object.entries(wanted).filter(
        ([, range]) => !/^(npm:[\w-]+@)?\d+\.\d+\.\d+[\w.-]*$/.test(range),
      );
    });
    expect(loose).toEqual([]);
  });
});
