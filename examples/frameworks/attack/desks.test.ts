import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../checks/repository.ts';
import { desks, folderOf } from './install.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

const { dependencies } = readJson(join(root, 'lib/package.json')) as Manifest;

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

describe.each(desks)('Desk with %s', (name) => {
  it('is attacked', () => {
    expect(existsSync(join(import.meta.dirname, `${name}.slow.test.ts`))).toBe(true);
  });

  // `npm ci` notices no difference, and would install the old ones. A new version or peer needs no new lock file.
  it('has a lock file with the packages of bulwark', () => {
    const lock = readJson(join(folderOf(name), 'package-lock.json')) as {
      packages: Record<string, Manifest>;
    };
    const locked = lock.packages['../../../lib'] ?? lock.packages['node_modules/bulwark'];
    const update = `npm install --package-lock-only --prefix examples/frameworks/${name} ./lib`;
    expect(locked?.dependencies, `The lock file is out of date. Run: ${update}`).toEqual(dependencies);
  });
});
