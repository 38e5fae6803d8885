import { describe, expect, it } from 'vitest';
import { ordinaryTexts, secretCases } from '../../testing/corpus/event.ts';
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

  it.each([
    '4111.1111.1111.1111',
    '4111:1111:1111:1111',
    '4111/1111/1111/1111',
    '3782:822463:10005',
    'card 4111/1111/1111/1111, 12/29',
  ])('leaves nothing of a card, also where it is the whole text: %s', (text) => {
    expect(redact(text)).toMatch(/^(?:card )?\[card\](?:, 12\/29)?$/);
  });

  it.each([
    '192.168.100.200/32',
    '2001:1234:4111:1111:1111:1111:1:1',
    '4111:1111:1111:1111::/64',
    '::4111:1111:1111:1111',
    '/4111/1111/1111/1111',
    '4111/1111/1111/1111/more',
    '4111.1111.1111.1112',
    '12345678-1234-4123-8123-123456789012',
  ])('leaves an address, a path and a UUID of digits alone: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('is tried on enough of both', () => {
    expect(secretCases.length).toBeGreaterThanOrEqual(80);
    expect(ordinaryTexts.length).toBeGreaterThanOrEqual(60);
  });
});
