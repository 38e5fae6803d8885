import { describe, expect, it } from 'vitest';
import { injectable, numeric } from './injectable.ts';
import { targets } from './target.ts';

const all = targets();

describe('the targets', () => {
  it('are the parameters of the lab that go into statements', () => {
    expect(all.map(({ name }) => name).sort()).toEqual(
      [
        ...injectable,
        'POST login password',
        'POST login password in JSON',
        'GET products q',
        'GET api/products q',
        ...['email', 'name', 'bio', 'website', 'password'].map((field) => `POST users ${field}`),
        'POST comments author',
        'POST comments content',
      ].sort(),
    );
    expect([...numeric].filter((name) => !injectable.includes(name))).toEqual([]);
  });
});
