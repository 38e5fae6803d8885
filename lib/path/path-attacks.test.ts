import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { pathAttacks } from '../testing/corpus/path.ts';
import { inside } from './index.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

describe('inside', () => {
  it('is tested with 300 different attacks', () => {
    expect(new Set(pathAttacks.map(({ path }) => path)).size).toBe(pathAttacks.length);
    expect(pathAttacks.length).toBeGreaterThanOrEqual(300);
  });

  const refused = expect.objectContaining({
    code: expect.stringMatching(/^path\/(?:outside-root|unsafe-name)$/),
  });

  it.each(pathAttacks)('refuses $path: $because', ({ path, kind }) => {
    expect(() => inside('/srv/photos', path)).toThrow(refused);
    if (kind === 'encoded-absolute') {
      expect(inside('/srv/photos', `a/${path}`).relative).toBe(`a/${path}`);
      return;
    }
    for (const input of [`photos/${path}`, `a/b/c/${path}`])
      expect(() => inside('/srv/photos', input)).toThrow(refused);
  });
});
