import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulas, plainFields } from '../../../checks/parse/csv-cases.ts';
import { type CsvRow, formatCsv, formatCsvStream, parseCsv } from './index.ts';

function refused(run: () => unknown): unknown {
  try {
    return { accepted: run() };
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
}

/** Records as read by Python's csv module, which knows nothing of formulas. */
function readInPython(text: string, delimiter = ','): string[][] {
  const program =
    'import csv,sys,json\nf=open(0,newline="",encoding="utf-8")\nprint(json.dumps(list(csv.reader(f,delimiter=sys.argv[1],strict=True))))';
  const { stdout, status } = spawnSync('python3', ['-c', program, delimiter], {
    input: text,
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(status).toBe(0);
  return JSON.parse(stdout) as string[][];
}

/** A cell in a program that splits lines at any separator and skips invisible characters: it must not start a formula. */
function runs(cell: string): boolean {
  const seen = cell.replace(/^["\s\0-\x20\u200b\ufeff]+/, '');
  return (
    /^[=@\uff1d\uff0b\uff0d\uff20]/.test(seen) ||
    (/^[-+]/.test(seen) && /[a-z$!|]/i.test(seen) && !/^[-+]\d+e\d+$/i.test(seen))
  );
}

describe('formulas (CWE-1236)', () => {
  it.each(formulas)('%j starts no cell, and is read back', (text) => {
    for (const delimiter of [',', ';', '\t', '|'] as const) {
      const written = formatCsv([['x', text, 'y']], { delimiter });
      const other = delimiter === ',' ? ';' : ',';
      // `a;=1` is one cell with a semicolon as the delimiter.
      const cell = written
        .slice(2, written.lastIndexOf(delimiter))
        .replace(/^"(.*)"$/s, '$1')
        .replaceAll('""', '"');
      expect(runs(cell)).toBe(false);
      for (const inner of cell.split(new RegExp(`[${other}\t\r\n]`.replace(delimiter, '')))) {
        expect(runs(inner)).toBe(false);
      }
      const read = refused(() => parseCsv(written, { delimiter, header: false }));
      expect(read).toEqual(text.includes('\0') ? 'parse/invalid-text' : { accepted: [['x', text, 'y']] });
    }
  });

  it.each(plainFields)('%j stays as it is', (text) => {
    for (const delimiter of [','] as const) {
      const written = formatCsv([['x', text, 'y']], { delimiter });
      expect(parseCsv(written, { delimiter, header: false, keepFormulaQuotes: true })).toEqual([
        ['x', text, 'y'],
      ]);
      expect(parseCsv(written, { delimiter, header: false })).toEqual([['x', text, 'y']]);
    }
  });

  it('are quoted in titles and in the first cell of the file too', () => {
    expect(formatCsv([{ '=A1': 1 }])).toBe("'=A1\r\n1\r\n");
    expect(formatCsv([['\ufeff=A1', 'b']])).toBe("'\ufeff=A1,b\r\n");
    expect(formatCsv([['\ufeffa', 'b']])).toBe('"\ufeffa",b\r\n');
  });

  it.each(['-1:3', '+1:1048576', '-100:30', '-1:300', '-:-'])(
    'that refer to rows, such as %s, get an apostrophe, unlike times',
    (text) => {
      expect(formatCsv([[text, '-12:30']])).toBe(`'${text},-12:30\r\n`);
    },
  );

  it('are written if a column allows them', () => {
    const rows = [{ name: '=A1', total: '=SUM(B2:B9)' }];
    expect(formatCsv(rows, { allowFormulas: ['total'] })).toBe("name,total\r\n'=A1,=SUM(B2:B9)\r\n");
  });

  it('take linear time', () => {
    for (const text of [
      '\t'.repeat(300_000),
      ';'.repeat(300_000),
      "'".repeat(300_000),
      '-1 '.repeat(100_000),
      `${'\t "'.repeat(100_000)}=`,
    ]) {
      const [[back] = []] = parseCsv(formatCsv([[text]]), { header: false, maxFieldLength: 1e6 });
      expect(back).toBe(text);
    }
  });
});

describe('values', () => {
  it('that are numbers, dates or missing are written as such', () => {
    const rows = [
      { a: -12.5, b: 10n, c: true, d: new Date(0), e: null, f: undefined },
      { a: 1e21, b: -1n, c: false, d: null, e: 'x', f: '' },
    ];
    expect(formatCsv(rows)).toBe(
      'a,b,c,d,e,f\r\n-12.5,10,true,1970-01-01T00:00:00.000Z,,\r\n1e+21,-1,false,,x,\r\n',
    );
  });

  it.each([[{ a: {} }], [{ a: [] }], [{ a: () => 1 }], [{ a: Symbol('a') }], [{ a: new Date(Number.NaN) }]])(
    'such as %o are a mistake',
    (row) => {
      expect(refused(() => formatCsv([row as never]))).toBe('bulwark/invalid-option');
    },
  );
});

describe('columns', () => {
  const rows = [
    { id: 1, name: 'Ada' },
    { id: 2, name: 'Grace' },
  ];

  it('are those of the first row, a list, or a record with titles', () => {
    expect(formatCsv(rows)).toBe('id,name\r\n1,Ada\r\n2,Grace\r\n');
    expect(formatCsv(rows, { columns: ['name'] })).toBe('name\r\nAda\r\nGrace\r\n');
    expect(formatCsv(rows, { columns: { name: 'Full name', id: 'No.' } })).toBe(
      'Full name,No.\r\nAda,1\r\nGrace,2\r\n',
    );
    expect(formatCsv(rows, { header: false, delimiter: ';' })).toBe('1;Ada\r\n2;Grace\r\n');
    expect(formatCsv([], { columns: ['id'], bom: true })).toBe('\ufeffid\r\n');
    expect(formatCsv([])).toBe('');
    expect(formatCsv([[1, 2]], { columns: ['a', 'b'] })).toBe('a,b\r\n1,2\r\n');
  });

  it('lose nothing silently', () => {
    expect(refused(() => formatCsv([{ a: 1 }, { a: 1, b: 2 }]))).toBe('bulwark/invalid-option');
    expect(formatCsv([{ a: 1, b: 2 }, { a: 1 }])).toBe('a,b\r\n1,2\r\n1,\r\n');
    expect(refused(() => formatCsv([[1, 2]], { columns: ['a'] }))).toBe('bulwark/invalid-option');
    expect(refused(() => formatCsv([[1], { a: 1 }] as CsvRow[]))).toBe('bulwark/invalid-option');
  });

  it('read own properties only', () => {
    expect(formatCsv([Object.create({ a: 1 }) as CsvRow], { columns: ['a', 'toString'] })).toBe(
      'a,toString\r\n,\r\n',
    );
  });

  it.each([
    { columns: [] },
    { columns: ['a', 'a'] },
    { columns: { a: 'x', b: 'x' } },
    { delimiter: 'ab' },
    { bom: 1 },
    { allowFormulas: 'a' },
  ])('of %j are a mistake', (options) => {
    expect(refused(() => formatCsv([], options as never))).toBe('bulwark/invalid-option');
  });
});

describe('any text', () => {
  const cell = fc
    .oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .array(
          fc.constantFrom(
            "'",
            '=',
            '+',
            '-',
            '@',
            ';',
            ',',
            '\t',
            '\r',
            '\n',
            '"',
            ' ',
            '1',
            'a',
            '\ufeff',
            '\uff1d',
            '|',
            '%',
            '.',
          ),
          { maxLength: 8 },
        )
        .map((parts) => parts.join('')),
    )
    .filter((text) => !text.includes('\0') && text.isWellFormed());

  it('is read back, by parseCsv and but for the apostrophes by Python', () => {
    const tables: { written: string; rows: string[][] }[] = [];
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 4 })
          .chain((width) =>
            fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
          ),
        fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
        (rows, delimiter) => {
          const written = formatCsv(rows, { delimiter });
          expect(parseCsv(written, { delimiter, header: false })).toEqual(rows);
          const raw = parseCsv(written, { delimiter, header: false, keepFormulaQuotes: true });
          for (const one of raw.flat()) {
            expect(runs(one)).toBe(false);
            for (const inner of one.split(/\r|\n/)) expect(runs(inner)).toBe(false);
          }
          if (delimiter === ',') tables.push({ written, rows: raw });
        },
      ),
      { numRuns: 1_500 },
    );
    const sample = tables.slice(0, 200);
    expect(readInPython(sample.map(({ written }) => written).join(''))).toEqual(
      sample.flatMap(({ rows }) => rows),
    );
  });

  it('is streamed with the same result as in one piece', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => ({ id: i, note: `=${i}` }));
    let [streamed, pieces] = ['', 0];
    for await (const piece of formatCsvStream(rows)) {
      streamed += piece;
      pieces++;
    }
    expect(streamed).toBe(formatCsv(rows));
    expect(pieces).toBeGreaterThan(1);
  });
});
