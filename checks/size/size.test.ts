import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../repository.ts';
import { ceilings } from './ceilings.ts';
import { type Weight, weigh } from './weigh.ts';

const manifest = JSON.parse(readFileSync(join(root, 'lib/package.json'), 'utf8')) as { exports: object };
const paths = Object.keys(manifest.exports).map((path) => path.replace(/^\.\//, ''));

describe('the weight of an import', () => {
  let shared: Weight;
  beforeAll(async () => {
    shared = await weigh('.');
  });

  it('has a ceiling for every path (checks/size/ceilings.ts)', () => {
    expect(Object.keys(ceilings).sort()).toEqual([...paths].sort());
  });

  it.each(paths.filter((path) => ceilings[path]))('of %s stays under its ceiling', async (path) => {
    const weight = await weigh(path);
    const { libraries, ...ceiling } = ceilings[path] as (typeof ceilings)[string];
    const bytes = path === '.' ? weight.bytes : weight.bytes - shared.bytes;
    expect(bytes).toBeLessThanOrEqual(ceiling.bytes);
    expect(weight.modules).toBeLessThanOrEqual(ceiling.modules);
    expect(weight.libraries.filter((name) => !libraries.includes(name))).toEqual([]);
  });
});
