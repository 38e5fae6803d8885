import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { packCommandLine } from './pack.ts';

it('gives equal tarballs when two processes pack at once', async () => {
  const all = await Promise.all([packCommandLine(), packCommandLine()]);
  try {
    const [one, other] = all.map(({ cli }) => ({
      hash: createHash('sha256').update(readFileSync(cli.file)).digest('hex'),
      contents: cli.contents,
    }));
    expect(one?.contents).toContain('dist/main.js');
    expect(other).toEqual(one);
  } finally {
    for (const { remove } of all) remove();
  }
});
