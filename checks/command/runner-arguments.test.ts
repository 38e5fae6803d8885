import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { args, commands, type ProgramTag } from '../../lib/command/index.ts';
import { quietByDefault } from '../../lib/event/record.ts';

quietByDefault();
const linux = process.platform === 'linux';
let folder: string;
let show: ProgramTag;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-arguments-'));
  const path = join(folder, 'show');
  writeFileSync(path, '#!/bin/sh\nprintf "%s\\0" "$@"\n');
  chmodSync(path, 0o755);
  // Rules that accept every text: what is left is what holds for all programs.
  ({ show } = commands({ show: { path, rules: { name: 'show' } } }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Texts with a share of what shells, programs and kernels read in a way of their own. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({
    maxLength: 12,
    unit: fc.constantFrom(
      ...[
        '-',
        '--',
        '=',
        ' ',
        '\n',
        '\t',
        '"',
        "'",
        '\\',
        '$',
        '`',
        '(',
        ')',
        ';',
        '|',
        '&',
        '<',
        '>',
        '*',
        '~',
        '@',
        '%',
      ],
      ...[
        '\0',
        '\ud800',
        '\udc00',
        '\u2028',
        '\u00ad',
        '\u2212',
        'a',
        '\u00fc',
        '\ud83d\ude42',
        `\${IFS}`,
        '$(id)',
      ],
    ),
  }),
);

function isRefused(value: string): boolean {
  return value.includes('\0') || /\p{Surrogate}/u.test(value);
}

async function argumentsOf(
  command: Promise<{ readonly stdout: string }>,
): Promise<readonly string[] | undefined> {
  try {
    return (await command).stdout.split('\0').slice(0, -1);
  } catch (error) {
    expect(error).toMatchObject({ code: 'command/unsafe-value' });
    return undefined;
  }
}

describe.skipIf(!linux)(`arguments of any text${linux ? '' : ': need Linux'}`, () => {
  it('arrive as they are, one for each value, or are refused for a reason', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, fc.array(text, { minLength: 1, maxLength: 3 }), async (one, two, list) => {
        const got = await argumentsOf(show`first ${one} --option=${two} ${args.each(list)} last`);
        const wholes = [one, ...list];
        const refused = [...wholes, two].some(isRefused) || wholes.some((value) => value.startsWith('-'));
        expect(got).toEqual(refused ? undefined : ['first', one, `--option=${two}`, ...list, 'last']);
      }),
      { numRuns: 300 },
    );
  });

  it('are refused as anything but text, numbers and files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withBigInt: false, withTypedArray: true }), async (value) => {
        const isValue = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
        fc.pre(!isValue);
        await expect(show`${value as never}`).rejects.toMatchObject({ code: 'command/missing-value' });
      }),
      { numRuns: 300 },
    );
  });
});
