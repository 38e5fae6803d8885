import { describe, expect, it } from 'vitest';
import { ordinaryTexts, secretCases } from '../testing/corpus/event.ts';
import { redact } from './redact.ts';

/** Every piece of four characters of the secret, or the whole of a shorter one. */
function pieces(secret: string): string[] {
  if (secret.length <= 4) return [secret];
  return Array.from({ length: secret.length - 3 }, (_, i) => secret.slice(i, i + 4));
}

describe('redact', () => {
  it.each(secretCases)('leaves nothing of the secret: $name', ({ text, secrets }) => {
    const clean = redact(text, 2000);
    expect(
      secrets.flatMap(pieces).filter((piece) => clean.includes(piece)),
      clean,
    ).toEqual([]);
  });

  it.each(secretCases)('gives the same when it is done twice: $name', ({ text }) => {
    const once = redact(text, 2000);
    expect(redact(once, 2000)).toBe(once);
  });

  it.each(ordinaryTexts)('leaves ordinary text alone: %s', (text) => {
    expect(redact(text, 2000)).toBe(text);
  });

  it('is tried on enough of both', () => {
    expect(secretCases.length).toBeGreaterThanOrEqual(80);
    expect(ordinaryTexts.length).toBeGreaterThanOrEqual(60);
  });
});
