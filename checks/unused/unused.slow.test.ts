import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';

describe('the repository', () => {
  it('has no file, export or dependency that nothing uses (knip)', { timeout: 300_000 }, async () => {
    const knip = join(root, 'node_modules/knip/bin/knip.js');
    expect(await outcome(root, process.execPath, [knip, '--no-progress', '--no-config-hints'])).toEqual({
      code: 0,
      output: '',
    });
  });
});
