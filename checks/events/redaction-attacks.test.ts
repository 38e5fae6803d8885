import { describe, expect, it } from 'vitest';
import { redact } from '../../lib/event/redact/redact.ts';
import { visible } from '../../lib/event/redact/visible.ts';
import { attacks, lookalikes } from './redaction-attacks.ts';

describe('redaction, attacked by its authors', () => {
  it.each(attacks)('leaves no piece of the secret: %s', (text, ...pieces) => {
    const clean = redact(text, 4000);
    expect(
      pieces.filter((piece) => clean.includes(piece)),
      clean,
    ).toEqual([]);
  });

  it.each(attacks)('gives the same when it is done twice: %s', (text) => {
    const once = redact(text, 4000);
    expect(redact(once, 4000)).toBe(once);
  });

  it.each(lookalikes)('leaves the look-alike alone: %s', (text) => {
    expect(redact(text, 4000)).toBe(visible(text));
  });
});
