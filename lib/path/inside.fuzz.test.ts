import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import { inside } from './index.ts';
import { judgePath } from './judge-path.ts';

const runs = Number(process.env['BULWARK_FUZZ_RUNS'] ?? 3_000);

beforeAll(() => {
  configureEvents({ sinks: [] });
});

const unit = fc.constantFrom(
  ...[
    '/',
    '\\',
    '.',
    '..',
    ':',
    ';',
    '%',
    '%%',
    ' ',
    '\0',
    '\n',
    '?',
    '*',
    '~',
    '-',
    'a',
    'b',
    'C',
    'C:',
    '2',
    'e',
    'f',
    '5',
  ],
  ...[
    '%2e',
    '%2E',
    '%2f',
    '%5c',
    '%25',
    '%3a',
    '%00',
    '%c0',
    '%ae',
    '%af',
    '%c1',
    '%9c',
    '%u002e',
    '%u2215',
    '%ef%bc%8e',
    '%e0%80%ae',
  ],
  ...[
    'con',
    'NUL',
    'com\u00b9',
    'aux.txt',
    '\uff0e',
    '\uff0f',
    '\uff3c',
    '\u2024',
    '\u2025',
    '\u2215',
    '\u00a5',
    '\u200b',
    '\u00ad',
    '\ud800',
  ],
  ...['\u00e9', '\u4e2d', '\ud83c\udf89'],
);
const path = fc.array(unit, { minLength: 1, maxLength: 9 }).map((units) => units.join(''));

/** How later layers read a name: they decode it once or twice, and normalise it. */
function* meanings(input: string): Generator<string> {
  let text = input;
  for (let times = 0; times < 4; times++) {
    yield text;
    // A name may start with a full-width slash, so this must not be read as absolute.
    yield `./${text.normalize('NFKC')}`;
    yield text.replaceAll('\\', '/');
    yield `./${text.replace(/;[^/]*/g, '')}`;
    try {
      text = decodeURIComponent(text);
    } catch {
      text = text.replace(/%([0-7][\da-f])/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
    }
  }
}

describe('any path', () => {
  it('is refused, or stays inside for every layer that reads it', () => {
    let accepted = 0;
    fc.assert(
      fc.property(path, (input) => {
        let safe: ReturnType<typeof inside>;
        try {
          safe = inside('/srv/photos', input);
        } catch (error) {
          return isRefusal(error, 'path/*');
        }
        accepted++;
        expect([safe.absolute, safe.relative]).toEqual([`/srv/photos/${input}`, input]);
        for (const meaning of meanings(input)) {
          expect(posix.resolve('/srv/photos', meaning)).toMatch(/^\/srv\/photos(?:\/|$)/);
          expect(win32.resolve('C:\\photos', meaning)).toMatch(/^C:\\photos(?:\\|$)/);
          expect(Buffer.from(meaning).every((byte) => byte >= 0x20 && byte !== 0x7f)).toBe(true);
        }
        return true;
      }),
      { numRuns: runs },
    );
    expect(accepted).toBeGreaterThan(runs / 50);
  });

  it('gets the same answer each time, in time that grows with its length', () => {
    const hostile = ['%25', '%', '%c0', '../', 'a/', '\uff0e', '%u002', ';', ' ', '.', '0x2', '\u200b'];
    for (const text of hostile) {
      const long = text.repeat(Math.floor(4_000 / Buffer.byteLength(text)));
      expect(judgePath(long)).toEqual(judgePath(long));
    }
    expect(judgePath(`%${'25'.repeat(30)}`)).toMatchObject({ allow: false });
    expect(judgePath('%2525')).toEqual(['%2525']);
  });
});
