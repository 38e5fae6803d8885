import { parse as parseWithLibrary } from 'csv-parse/sync';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataIssues } from '../data-issues.ts';
import { parseCsv, readCsv } from './index.ts';

function refused(run: () => unknown): unknown {
  try {
    return { accepted: run() };
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
}

async function* inPieces(text: string | Buffer, size: number): AsyncGenerator<string | Buffer, void> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function readAll(text: string | Buffer, size: number, options: object = {}): Promise<unknown> {
  const rows: unknown[] = [];
  try {
    for await (const row of readCsv(inPieces(text, size), options)) rows.push(row);
    return rows;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

describe('CSV that is refused', () => {
  const hostile: readonly (readonly [string, string, object?])[] = [
    ['a,b\n1', 'invalid-syntax'],
    ['a,b\n1,2,3', 'invalid-syntax'],
    ['a\n"1" 2', 'invalid-syntax'],
    ['a\n"1"2', 'invalid-syntax'],
    ['a\n1"2"', 'invalid-syntax'],
    ['a\n 1,"2"', 'invalid-syntax'],
    ['a,b\n1, "2"', 'invalid-syntax'],
    ['a\n"1', 'invalid-syntax'],
    ['a\n"1""', 'invalid-syntax'],
    ['a\r1', 'invalid-syntax'],
    ['a\n1\r', 'invalid-syntax'],
    ['a,a\n1,2', 'duplicate-key'],
    ['a,"a"\n1,2', 'duplicate-key'],
    [',\n1,2', 'duplicate-key'],
    ['__proto__\n1', 'dangerous-key'],
    ['a,"__proto__"', 'dangerous-key'],
    ['a\nb\0c', 'invalid-text'],
    ['a\n\ud800', 'invalid-text'],
    ['a\n1\n2\n3', 'too-many', { maxRows: 2 }],
    ['a,b,c', 'too-many', { maxColumns: 2 }],
    ['a\n12345', 'too-long', { maxFieldLength: 4 }],
    ['a\n"12""45"', 'too-long', { maxFieldLength: 4 }],
    ['a\n12345', 'too-large', { maxBytes: 6 }],
    [','.repeat(2_000), 'too-many'],
    [`a\n"${'x'.repeat(100_001)}"`, 'too-long'],
    [`a\n${'x'.repeat(200_000)}`, 'too-long'],
  ];
  it.each(hostile.map(([text, code, options = {}]) => [text.slice(0, 30), code, text, options] as const))(
    '%j: %s',
    async (_, code, text, options) => {
      expect(refused(() => parseCsv(text, options))).toBe(`parse/${code}`);
      expect(await readAll(text, 3, options)).toBe(`parse/${code}`);
    },
  );

  it('names its limits', () => {
    expect(refused(() => parseCsv('a\n12345', { maxFieldLength: 4 }))).toBe('parse/too-long');
    expect(parseCsv('a\n1234', { maxFieldLength: 4 })).toEqual([{ a: '1234' }]);
  });

  it('says where', () => {
    try {
      parseCsv('id,name\n1,"two\nlines"\n2,a"b\n');
      expect.unreachable();
    } catch (error) {
      expect((error as { detail: unknown }).detail).toMatchObject({ format: 'csv', line: 4, column: 4 });
    }
  });

  it.each([
    ['sep=;\nid;name\n7;Ada', {}],
    ['sep=;\r\nid;name\r\n7;Ada', { delimiter: ';' }],
    ['\ufeffSEP=,\nid,name\n7,Ada', {}],
    ['sep=,\n7,Ada', { columns: ['id', 'name'] }],
  ] as const)('does not read %j as names or values', (text, options) => {
    expect(() => parseCsv(text, options)).toThrow(
      expect.objectContaining({ code: 'parse/invalid-syntax', hint: expect.stringContaining('`delimiter`') }),
    );
    expect(parseCsv('sep,sep=\n1,\nsep=,', { header: true })).toEqual([
      { sep: '1', 'sep=': '' },
      { sep: 'sep=', 'sep=': '' },
    ]);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const bytes = Buffer.from([0x61, 0x0a, 0xff]);
    expect(refused(() => parseCsv(bytes))).toBe('parse/invalid-text');
    expect(await readAll(bytes, 1)).toBe('parse/invalid-text');
    expect(await readAll(Buffer.from([0x61, 0x0a, 0xe2, 0x82]), 1)).toBe('parse/invalid-text');
  });
});

describe('CSV that is read', () => {
  const ordinary: readonly (readonly [string, unknown])[] = [
    ['', []],
    ['a,b', []],
    ['a,b\r\n1,2\r\n', [{ a: '1', b: '2' }]],
    [
      'a,b\n1,2\n\n3,4\n\n',
      [
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ],
    ],
    ['a\n""\n', [{ a: '' }]],
    ['a,b\n,\n', [{ a: '', b: '' }]],
    ['\ufeffa,b\n1,2', [{ a: '1', b: '2' }]],
    ['a,b\n"x, y","say ""hi"""', [{ a: 'x, y', b: 'say "hi"' }]],
    ['a\n"two\r\nlines"', [{ a: 'two\r\nlines' }]],
    ['a,b\n\u20ac,\u{1f600}', [{ a: '\u20ac', b: '\u{1f600}' }]],
    ['constructor,toString,prototype\n1,2,3', [{ constructor: '1', toString: '2', prototype: '3' }]],
    ['a\n  padded  ', [{ a: '  padded  ' }]],
    ["a\n'tis\nO'Brien\n''", [{ a: "'tis" }, { a: "O'Brien" }, { a: "''" }]],
    ['a\n-12.5\n+49 30 1\n=1', [{ a: '-12.5' }, { a: '+49 30 1' }, { a: '=1' }]],
  ];
  it.each(ordinary)('%j', async (text, expected) => {
    expect(parseCsv(text)).toEqual(expected);
    expect(parseCsv(Buffer.from(text))).toEqual(expected);
    for (const size of [1, 2, 5]) {
      expect(await readAll(text, size)).toEqual(expected);
      expect(await readAll(Buffer.from(text), size)).toEqual(expected);
    }
  });

  it('with lists, other names and other separators', () => {
    expect(parseCsv('1;2\n3;4', { delimiter: ';', header: false })).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(parseCsv('1\t2', { delimiter: '\t', columns: ['x', 'y'] })).toEqual([{ x: '1', y: '2' }]);
    expect(refused(() => parseCsv('1,2\n3', { header: false }))).toBe('parse/invalid-syntax');
    expect(refused(() => parseCsv('1,2', { columns: ['a'] }))).toBe('parse/invalid-syntax');
  });

  it('as csv-parse reads it', () => {
    const piece = fc.constantFrom('a', 'b', '1', ',', '\n', '\r\n', '"', '""', ' ', '\u00e9', ';', "'");
    let both = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        const ours = refused(() => parseCsv(text, { header: false }));
        let theirs: unknown;
        try {
          theirs = {
            accepted: parseWithLibrary(text, { skip_empty_lines: true, record_delimiter: ['\n', '\r\n'] }),
          };
        } catch {
          theirs = 'refused';
        }
        if (typeof ours === 'string') return;
        both++;
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 4_000 },
    );
    expect(both).toBeGreaterThan(500);
  });

  it('the same in pieces of any size', async () => {
    const piece = fc.constantFrom('a', ',', '\n', '\r\n', '"', '""', '\u{1f600}', '\u00e9', "'=");
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 14 }),
        fc.integer({ min: 1, max: 5 }),
        async (pieces, size) => {
          const text = pieces.join('');
          const whole = refused(() => parseCsv(text));
          for (const source of [text, Buffer.from(text)]) {
            const rows = await readAll(source, size);
            // If there are two mistakes, a stream may find the other one first.
            if (typeof whole === 'string') expect(rows).toBeTypeOf('string');
            else expect({ accepted: rows }).toEqual(whole);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('a schema', () => {
  it('of zod or valibot makes each row', () => {
    const text = 'id,name\n1,Ada\n2,Grace';
    expect(parseCsv(text, { schema: z.object({ id: z.coerce.number(), name: z.string() }) })).toEqual([
      ...[
        { id: 1, name: 'Ada' },
        { id: 2, name: 'Grace' },
      ],
    ]);
    expect(parseCsv(text, { schema: v.object({ name: v.string() }) })).toEqual([
      { name: 'Ada' },
      { name: 'Grace' },
    ]);
  });

  it('says which row it refuses', () => {
    try {
      parseCsv('id\n1\nx', { schema: z.object({ id: z.coerce.number() }) });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'parse/invalid-data' });
      expect(dataIssues(error)).toEqual([{ path: [1, 'id'], problem: 'expected number' }]);
    }
  });
});

describe('a stream', () => {
  it('ends at a refusal, and when the loop is left', async () => {
    let ended = 0;
    async function* endless(): AsyncGenerator<string, void> {
      try {
        yield 'a\n';
        for (;;) yield '1\n';
      } finally {
        ended++;
      }
    }
    await expect(async () => {
      for await (const _ of readCsv(endless(), { maxRows: 10 }));
    }).rejects.toMatchObject({ code: 'parse/too-many' });
    await expect(async () => {
      for await (const _ of readCsv(endless(), { maxBytes: 100 }));
    }).rejects.toMatchObject({ code: 'parse/too-large' });
    for await (const row of readCsv(endless())) {
      expect(row).toEqual({ a: '1' });
      break;
    }
    expect(ended).toBe(3);
  });

  it('that is not a stream throws a Misuse', () => {
    expect(refused(() => readCsv('a\n1' as never))).toBe('bulwark/invalid-option');
  });
});

describe('options', () => {
  it.each([
    { delimiter: '' },
    { delimiter: '"' },
    { header: 1 },
    { columns: ['a'], header: true },
    { columns: ['a', 'a'] },
    { columns: ['__proto__'] },
    { maxRows: -1 },
  ])('refuses %j', (options) => {
    expect(refused(() => parseCsv('', options as never))).toBe('bulwark/invalid-option');
  });
});
