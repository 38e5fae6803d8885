import { describe, expect, it } from 'vitest';
import { redact } from '../../lib/event/redact/redact.ts';
import { harmless } from './redaction-harmless.ts';
import { secrets } from './redaction-secrets.ts';

/** Records of a secret that comes through, each with the reason. */
const knownMisses: ReadonlyMap<string, string> = new Map([
  [
    "AssertionError: expected 'exp3cted-Pw' to equal 'act0al-Pw' for field password",
    'The name stands behind the values, with words between them; most quoted strings before "password" are no passwords.',
  ],
  [
    'caddy hash-password --plaintext c4ddy-Plain',
    '`plaintext` names a format more often than a secret, and the tool is not in the table of command lines.',
  ],
  [
    'InstrumentationKey=b443850b-983b-4147-8048-797a8de94925;IngestionEndpoint=https://westeurope-1.in.applicationinsights.azure.com/',
    'Microsoft publishes this key in the web pages of its users: it names a resource. UUIDs stay.',
  ],
]);

/** Harmless records that are redacted all the same, each with the reason. */
const knownFalse: ReadonlyMap<string, string> = new Map([
  [
    'Cookie: theme=dark; lang=en',
    'No name tells whether a cookie is a session, so the header goes as a whole.',
  ],
  ['Set-Cookie: locale=fr; Path=/; Max-Age=3600', 'The same.'],
]);

const room = 4000;

describe('redaction, on the corpus of somebody who had not seen the code', () => {
  it.each(secrets.filter(({ text }) => !knownMisses.has(text)))(
    'leaves no piece of the secret: $carrier, $kind: $text',
    ({ text, secret }) => {
      const clean = redact(text, room);
      expect(
        secret.filter((piece) => clean.includes(piece)),
        clean,
      ).toEqual([]);
    },
  );

  it.each(harmless.filter(({ text }) => !knownFalse.has(text)))(
    'keeps what a reader needs: $kind: $text',
    ({ text, keep }) => {
      const clean = redact(text, room);
      expect(
        keep.filter((piece) => !clean.includes(piece)),
        clean,
      ).toEqual([]);
    },
  );

  it.each([...knownMisses.keys()])('still misses what the table says it misses: %s', (text) => {
    const record = secrets.find((candidate) => candidate.text === text);
    const clean = redact(text, room);
    expect(record?.secret.some((piece) => clean.includes(piece))).toBe(true);
  });

  it.each([...knownFalse.keys()])('still takes out what the table says it takes out: %s', (text) => {
    const record = harmless.find((candidate) => candidate.text === text);
    const clean = redact(text, room);
    expect(record?.keep.some((piece) => !clean.includes(piece))).toBe(true);
  });

  it.each([...secrets, ...harmless])('gives the same when it is done twice: $text', ({ text }) => {
    const once = redact(text, room);
    expect(redact(once, room)).toBe(once);
  });

  const carriers: Readonly<Record<string, (text: string) => string>> = {
    'a string of JSON': (text) => JSON.stringify({ msg: text }),
    'JSON inside JSON': (text) => JSON.stringify({ body: JSON.stringify({ msg: text }) }),
    'JSON with escaped signs': (text) =>
      JSON.stringify({ msg: text }).replace(/["&=<>]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    'percent-encoding': (text) => `q=${encodeURIComponent(text)}`,
    'percent-encoding, twice': (text) => `q=${encodeURIComponent(encodeURIComponent(text))}`,
    'entities of HTML': (text) => `<p>${text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)}</p>`,
    'a line of a log': (text) => `2026-01-01T00:00:00Z ERROR [web-1] failed: ${text} (took 12 ms)`,
    'an error with quotes': (text) => `Error: '${text}' at /app/main.js:1:2`,
  };

  it.each(Object.entries(carriers))('leaves at most 2 %% of the pieces inside %s', (_, carry) => {
    const left = secrets.flatMap(({ text, secret }) => {
      const clean = redact(carry(text), room * 2);
      return secret.filter((piece) => /^\w+$/.test(piece)).map((piece) => clean.includes(piece));
    });
    expect(left.filter(Boolean).length / left.length).toBeLessThan(0.02);
  });

  it('has 97 % of the pieces of secrets gone and 98 % of the harmless records whole', () => {
    const pieces = secrets.flatMap(({ text, secret }) => {
      const clean = redact(text, room);
      return secret.map((piece) => clean.includes(piece));
    });
    expect(pieces.filter((left) => left).length / pieces.length).toBeLessThan(0.03);
    expect(knownFalse.size / harmless.length).toBeLessThan(0.02);
    expect(secrets.length).toBeGreaterThanOrEqual(400);
    expect(harmless.length).toBeGreaterThanOrEqual(300);
    expect(new Set(secrets.map(({ carrier }) => carrier)).size).toBeGreaterThanOrEqual(12);
  });
});
