import { describe, expect, it } from 'vitest';
import { pgEpochs } from '../sealed/index.ts';
import { pgSpentSeals } from './index.ts';

/** A PostgreSQL that answers everything but the clean-up, which fails or never ends. */
function without(cleanUp: () => Promise<never>): {
  query(text: string): Promise<{ rows: unknown[]; rowCount: number }>;
} {
  return {
    async query(text: string) {
      if (/^delete from \S+ where \S+ in \(/.test(text)) return await cleanUp();
      return { rows: [{ epoch: 'E' }], rowCount: 1 };
    },
  };
}

describe.each([
  ['fails', () => Promise.reject(new Error('statement timeout'))],
  ['never ends', () => new Promise<never>(() => undefined)],
])('a clean-up that %s', (_how, cleanUp) => {
  it('leaves a used cookie claimed, so that its user is logged in', async () => {
    const spent = pgSpentSeals(without(cleanUp));
    for (let at = 0; at < 120; at++) expect(await spent.claim(`hash ${at}`, Date.now())).toBe(true);
  });

  it('keeps nobody from logging in', async () => {
    const epochs = pgEpochs(without(cleanUp));
    for (let at = 0; at < 120; at++) expect(await epochs.begin(`u${at}`, 'fresh', 60)).toBe('E');
  });
});
