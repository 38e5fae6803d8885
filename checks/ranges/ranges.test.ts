import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';
import { compareRows } from './compare-rows.ts';
import { readRows, writeRows } from './range-row.ts';
import { rangesSource } from './ranges-source.ts';
import { readCsv } from './read-csv.ts';
import { readRegistry } from './read-registry.ts';

const tsv = readFileSync(join(root, 'checks/ranges/iana-special-purpose.tsv'), 'utf8');
const { comment, rows } = readRows(tsv);

/** Rows as IANA writes them: quotes, footnotes, two blocks in a cell, a second RFC on its own line, a block given back. */
const excerpt = `Address Block,Name,RFC,Allocation Date,Termination Date,Source,Destination,Forwardable,Globally Reachable,Reserved-by-Protocol
0.0.0.0/8,"""This network""","[RFC791], Section 3.2",1981-09,N/A,True,False,False,False,True
127.0.0.0/8,Loopback,"[RFC1122], Section 3.2.1.3",1981-09,N/A,False [1],False [1],False [1],False [1],True
192.0.0.0/24 [2],IETF Protocol Assignments,"[RFC6890], Section 2.1",2010-01,N/A,False,False,False,False,False
"192.0.0.170/32, 192.0.0.171/32",NAT64/DNS64 Discovery,"[RFC8880][RFC7050], Section 2.2",2013-02,N/A,False,False,False,False,True
192.88.99.0/24,Deprecated (6to4 Relay Anycast),[RFC7526],2001-06,2015-03,,,,,
192.31.196.0/24,AS112-v4,[RFC7535],2014-12,N/A,True,True,True,True,False
255.255.255.255/32,Limited Broadcast,"[RFC8190]
        [RFC919], Section 7",1984-10,N/A,False,True,False,False,True
2002::/16 [3],6to4,[RFC3056],2001-02,N/A,True,True,True,N/A [3],False
2001:2::/48,Benchmarking,[RFC5180][RFC Errata 1752],2008-04,N/A,True,True,True,False,False
`;

const read = [
  { block: '0.0.0.0/8', name: 'This network', source: 'RFC 791', reachable: 'false' },
  { block: '127.0.0.0/8', name: 'Loopback', source: 'RFC 1122', reachable: 'false' },
  { block: '192.0.0.0/24', name: 'IETF Protocol Assignments', source: 'RFC 6890', reachable: 'false' },
  { block: '192.0.0.170/32', name: 'NAT64/DNS64 Discovery', source: 'RFC 8880', reachable: 'false' },
  { block: '192.0.0.171/32', name: 'NAT64/DNS64 Discovery', source: 'RFC 8880', reachable: 'false' },
  { block: '192.88.99.0/24', name: 'Deprecated (6to4 Relay Anycast)', source: 'RFC 7526', reachable: 'n/a' },
  { block: '192.31.196.0/24', name: 'AS112-v4', source: 'RFC 7535', reachable: 'true' },
  { block: '255.255.255.255/32', name: 'Limited Broadcast', source: 'RFC 8190', reachable: 'false' },
  { block: '2002::/16', name: '6to4', source: 'RFC 3056', reachable: 'n/a' },
  { block: '2001:2::/48', name: 'Benchmarking', source: 'RFC 5180', reachable: 'false' },
] as const;

describe('lib/fetch/address/ranges.ts', () => {
  it('is what the table says (run `npx tsx checks/ranges/write-ranges.ts`)', () => {
    expect(readFileSync(join(root, 'lib/fetch/address/ranges.ts'), 'utf8')).toBe(rangesSource(comment, rows));
  });

  it('is not written from a table without a date, or with what a source must not hold', () => {
    expect(() => rangesSource('# no date\n', rows)).toThrow('As of');
    expect(() => rangesSource(comment, rows.slice(1))).not.toThrow();
    expect(() =>
      rangesSource(
        comment,
        rows.filter(({ block }) => block !== '64:ff9b::/96'),
      ),
    ).toThrow('missing');
    for (const name of ["O'Hare", 'a\\b', 'caf\u00e9', 'a\nb']) {
      const bad = { block: '10.0.0.0/8', name, source: 'RFC 1', reachable: 'false' } as const;
      expect(() => rangesSource(comment, [...rows, bad])).toThrow('ASCII');
    }
  });
});

describe('the table', () => {
  it('comes back as it was read', () => {
    expect(writeRows(comment, rows)).toBe(tsv);
  });

  it('has four columns in each row, and nothing but true, false and n/a in the last', () => {
    const table = (row: string): string => `# x\nblock\tname\tsource\treachable\n${row}\n`;
    expect(readRows(table('a\tb\tc\ttrue')).rows).toHaveLength(1);
    for (const row of ['a\tb\tc', 'a\tb\tc\ttrue\td', 'a\tb\tc\tyes', '\tb\tc\ttrue']) {
      expect(() => readRows(table(row)), row).toThrow();
    }
    expect(() => readRows('block\tname\n')).toThrow('columns');
  });

  it('agrees with an excerpt of the registries', () => {
    const blocks = new Set<string>(read.map(({ block }) => block));
    expect(
      compareRows(
        rows.filter(({ block }) => blocks.has(block)),
        readRegistry(excerpt),
      ),
    ).toEqual([]);
  });
});

describe('the registries as IANA publishes them', () => {
  it('are read with their quotes, footnotes, shared cells and lines within a cell', () => {
    expect(readRegistry(excerpt)).toEqual(read);
    expect(readRegistry(excerpt.replaceAll('\n', '\r\n'))).toEqual(read);
    expect(readRegistry(excerpt.replace('170/32, 192', '170/32\n192'))).toEqual(read);
  });

  it.each([
    ['another column', excerpt.replace('Globally Reachable', 'Global'), 'no column'],
    ['a block that is none', excerpt.replace('127.0.0.0/8', '127.0.0.1/8'), 'Not an address block'],
    ['no block', excerpt.replace('127.0.0.0/8', ''), 'Not an address block'],
    ['no RFC', excerpt.replace('[RFC7535]', '[IANA]'), 'No RFC'],
    [
      'another word',
      excerpt.replace('True,True,True,True,False', 'True,True,True,Yes,False'),
      'Neither True',
    ],
    ['no word for a block in force', excerpt.replace('2001-06,2015-03', '2001-06,N/A'), 'Neither True'],
    ['a field less', excerpt.replace(',,,,,\n', ',,,,\n'), 'not as many fields'],
  ])('are not guessed at: %s', (_what, csv, message) => {
    expect(csv).not.toBe(excerpt);
    expect(() => readRegistry(csv)).toThrow(message);
  });
});

describe('readCsv', () => {
  it('reads RFC 4180', () => {
    expect(readCsv('a,b\n"c,d","e""f\r\ng"\r\n,""')).toEqual([
      ['a', 'b'],
      ['c,d', 'e"f\r\ng'],
      ['', ''],
    ]);
    expect(readCsv('a')).toEqual([['a']]);
    expect(readCsv('a,\n')).toEqual([['a', '']]);
    expect(readCsv('a,')).toEqual([['a', '']]);
    expect(readCsv('')).toEqual([]);
  });

  it('refuses what is not', () => {
    for (const text of ['"a', 'a"b', '"a"b', '"a" ,b', 'a\rb', 'a,b\nc', 'a\n"b\nc']) {
      expect(() => readCsv(text), JSON.stringify(text)).toThrow();
    }
  });
});

describe('compareRows', () => {
  it('tells what is new, gone and different', () => {
    const row = { block: '10.0.0.0/8', name: 'Private-Use', source: 'RFC 1918', reachable: 'false' } as const;
    const other = { ...row, block: '11.0.0.0/8' };
    expect(compareRows([row], [row])).toEqual([]);
    expect(compareRows([row], [other])).toEqual([
      '- 10.0.0.0/8 Private-Use, RFC 1918, false',
      '+ 11.0.0.0/8 Private-Use, RFC 1918, false',
    ]);
    expect(compareRows([row], [{ ...row, reachable: 'true' }])).toEqual([
      '~ 10.0.0.0/8 Private-Use, RFC 1918, false -> Private-Use, RFC 1918, true',
    ]);
    expect(() => compareRows([row, row], [])).toThrow('stands twice');
  });
});

describe('write-ranges.ts', () => {
  const run = async (...files: string[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'bulwark-ranges-'));
    const paths = [...files.keys()].map((index) => join(folder, `${index}.csv`));
    for (const [index, path] of paths.entries()) writeFileSync(path, files[index] ?? '');
    const script = join(root, 'checks/ranges/write-ranges.ts');
    const ended = await outcome(root, process.execPath, ['--import', 'tsx', script, ...paths]);
    rmSync(folder, { recursive: true });
    return ended;
  };
  const [header = '', ...lines] = excerpt.split('\n').slice(0, 3);
  const four = [header, ...lines, '10.0.0.0/8,Private-Use,[RFC1918],1996-02,N/A,True,True,True,False,False'];
  const six = [header, 'fc00::/7,Unique-Local,[RFC4193],2005-10,N/A,True,True,True,True,False'];

  it('tells every difference and writes nothing', async () => {
    const { code, output } = await run(four.join('\n'), six.join('\n'));
    expect(code).toBe(1);
    expect(output).toContain('- 172.16.0.0/12 Private-Use, RFC 1918, false');
    expect(output).toContain('~ fc00::/7 Unique-Local, RFC 4193, false -> Unique-Local, RFC 4193, true');
    expect(output).not.toContain('10.0.0.0/8');
    expect(readFileSync(join(root, 'checks/ranges/iana-special-purpose.tsv'), 'utf8')).toBe(tsv);
  });

  it('takes both registries or neither', async () => {
    expect((await run(four.join('\n'))).output).toContain('fc00::/7 is missing');
  });
});
