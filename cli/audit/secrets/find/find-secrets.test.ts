import { describe, expect, it } from 'vitest';
import { allKinds } from '../kinds/all-kinds.ts';
import { drawer } from '../testing/drawn.ts';
import { places } from '../testing/places.ts';
import { shapedSecrets } from '../testing/shaped-secrets.ts';
import { findSecrets } from './find-secrets.ts';

const find = (path: string, text: string): ReturnType<typeof findSecrets> =>
  findSecrets(path, Buffer.from(text));
const seeds = [1, 2, 3];

describe('findSecrets', () => {
  it.each(Object.entries(shapedSecrets))('finds %s in every place', (kind, make) => {
    const missed = seeds.flatMap((seed) =>
      places.flatMap(({ path, text }, index) => {
        const secret = make(drawer(seed * 1000 + index));
        // An address in a query is written differently, and a key of several lines stands in no line.
        if (path === 'links.txt' && /:\/\/|\n/.test(secret)) return [];
        const found = find(path, text(secret));
        return found.some((one) => one.kind === kind && one.doubt === undefined)
          ? []
          : [{ seed, path, text: text(secret), found }];
      }),
    );
    expect(missed.slice(0, 2)).toEqual([]);
  });

  it('knows each kind by one id, with a source', () => {
    expect(new Set(allKinds.map(({ id }) => id)).size).toBe(allKinds.length);
    expect(allKinds.filter(({ source }) => !source.startsWith('https://'))).toEqual([]);
    expect(allKinds.length).toBeGreaterThanOrEqual(40);
  });
});
