/** What an attack on the oracle tried: inputs that hide a hole, and safe code that looks like one. */
import { afterAll, describe, expect, it } from 'vitest';
import { missingSqlite } from '../../../checks/machine/sqlite.ts';
import { expectNoInjection } from './expect-no-injection.ts';

const reason = missingSqlite('better-sqlite3');

describe.skipIf(reason)(`expectNoInjection under attack${reason ? `: ${reason}` : ''}`, async () => {
  if (reason) return;
  const { default: BetterSqlite3 } = await import('better-sqlite3');
  const db = new BetterSqlite3(':memory:');
  db.exec('create table t (id, name, day)');
  afterAll(() => void db.close());
  const all = (text: string, ...values: unknown[]): unknown => db.prepare(text).all(...values);
  const bad = (): never => {
    throw new Error('400');
  };
  const q = (value: string): unknown => all(`select * from t where name = '${value}'`);
  type R = (v: string) => unknown;

  const holes: [string, R, string[]?][] = [
    ['max 8 chars', (v) => (v.length > 8 ? bad() : q(v))],
    ['max 5 chars', (v) => (v.length > 5 ? bad() : q(v))],
    ['max 20 chars after date', (v) => (/^\d{4}-\d\d-\d\d/.test(v) && v.length < 21 ? q(v) : bad())],
    ['upper-case code', (v) => (/^[A-Z]{3}/.test(v) ? q(v) : bad())],
    [
      'branch: bound for words, raw for numbers',
      (v) =>
        /^\d/.test(v) ? all(`select * from t where id = ${v}`) : all('select * from t where name = ?', v),
    ],
    [
      'branch: bound, raw for uuid',
      (v) => (/^[\da-f]{8}-/.test(v) ? q(v) : all('select * from t where name = ?', v)),
    ],
    ['branch: raw for e-mail', (v) => (v.includes('@') ? q(v) : all('select * from t where name = ?', v))],
    [
      'branch: raw for -desc sort',
      (v) => all(`select * from t order by ${v.startsWith('-') ? `${v.slice(1)} desc` : 'name'}`),
      ['-name'],
    ],
    [
      'log bound, then raw for date',
      (v) => {
        all('select ?', v);
        if (/^\d{4}-/.test(v)) all(`select * from t where day > '${v}'`);
      },
    ],
    [
      'range a..b',
      (v) => {
        const [a, b] = v.split('..');
        return b ? all(`select * from t where id between ${Number(a)} and ${b}`) : bad();
      },
      ['1..5'],
    ],
    [
      'range of dates',
      (v) => {
        const [a, b] = v.split('/');
        return b && !Number.isNaN(Date.parse(String(a)))
          ? all(`select * from t where day between '${a}' and '${b}'`)
          : bad();
      },
      ['2026-01-01/2026-02-01'],
    ],
    [
      'lat,lng',
      (v) => {
        const [a, b] = v.split(',');
        return b !== undefined && Number(a) ? all(`select * from t where id = ${a} and day = ${b}`) : bad();
      },
    ],
    [
      'csv ids mapped',
      (v) =>
        v.split(',').every((x) => Number.parseInt(x, 10) > 0)
          ? all(`select * from t where id in (${v})`)
          : bad(),
    ],
    [
      'JSON array',
      (v) => {
        const a = JSON.parse(v);
        return all(`select * from t where id in (${a.join(',')})`);
      },
      ['[1,2]'],
    ],
    [
      'JSON key',
      (v) => {
        const a = JSON.parse(v);
        return all(`select * from t where ${Object.keys(a.where)[0]} = ?`, 'x');
      },
      ['{"where":{"name":"x"}}'],
    ],
    [
      'form base64 JSON',
      (v) => {
        const s = new URLSearchParams(v).get('cursor') ?? '';
        return q(JSON.parse(Buffer.from(s, 'base64').toString()).name);
      },
      [`cursor=${encodeURIComponent(Buffer.from('{"name":"a"}').toString('base64'))}`],
    ],
    ['ends with', (v) => (v.endsWith('-EU') ? q(v) : bad()), ['42-EU']],
    ['trim and lower', (v) => (/^[a-z]+@/.test(v.trim().toLowerCase()) ? q(v.trim().toLowerCase()) : bad())],
    ['gzip-free hex upper', (v) => q(Buffer.from(v, 'hex').toString())],
    ['card', (v) => (/^\d{4} \d{4}/.test(v) ? q(v) : bad()), ['4111 1111 1111 1111']],
    [
      'XML',
      (v) => {
        const n = /<name>(.*?)<\/name>/s.exec(v)?.[1];
        return n ? q(n) : bad();
      },
      ['<user><name>ann</name></user>'],
    ],
    [
      'header bearer',
      (v) => {
        const t = /^Bearer (.+)$/.exec(v)?.[1];
        return t ? q(t) : bad();
      },
      ['Bearer abcdef'],
    ],
    [
      'cookie',
      (v) => {
        const t = /sid=([^;]+)/.exec(v)?.[1];
        return t ? q(t) : bad();
      },
      ['a=b; sid=abc'],
    ],
  ];

  it.each(holes)('is red for %s', async (_name, run, harmless) => {
    const tested = expectNoInjection(db, run, harmless ? { harmless } : {});
    await expect(tested).rejects.toThrow(/^SQL injection/);
  });

  const twins: [string, R, string[]?][] = [
    ['max 8', (v) => (v.length > 8 ? bad() : all('select ?', v))],
    [
      'between',
      (v) => {
        const [a, b] = v.split('..').map(Number);
        return Number.isFinite(b) ? all(`select * from t where id between ${a} and ${b}`) : bad();
      },
      ['1..5'],
    ],
    [
      'in list',
      (v) =>
        all(
          `select * from t where id in (${v
            .split(',')
            .map((x) => Number(x) || 0)
            .join(',')})`,
        ),
    ],
    [
      'JSON array bound',
      (v) => {
        const a = JSON.parse(v);
        return all(`select * from t where id in (${a.map(() => '?').join(',')})`, ...a);
      },
      ['[1,2]'],
    ],
    ['bool', (v) => all(`select * from t ${v === 'true' ? 'where id is null' : ''}`), ['true']],
    [
      'map',
      (v) =>
        all(
          `select * from t order by ${
            new Map([
              ['name', 'name'],
              ['day', 'day desc'],
            ]).get(v) ?? 'id'
          }`,
        ),
      ['day'],
    ],
    [
      'own-prop map',
      (v) => all(`select * from t order by ${Object.hasOwn({ a: 1 }, v) ? 'name' : 'id'}`),
      ['a'],
    ],
    [
      'hash lookup',
      async (v) =>
        all(
          'select * from t where name = ?',
          Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(v))).toString('hex'),
        ),
    ],
    [
      'upsert twice',
      (v) => {
        all('select ?', v);
        all('select ?, ?', v, Date.now());
      },
    ],
    [
      'limit bigints',
      (v) => {
        try {
          return all(`select * from t limit ${BigInt(v)}`);
        } catch {
          return bad();
        }
      },
    ],
    [
      'date ISO',
      (v) => {
        const d = new Date(v);
        return Number.isNaN(+d)
          ? bad()
          : all(`select * from t where day > '${d.toISOString().slice(0, 10)}'`);
      },
    ],
    ['epoch', (v) => all(`select * from t where day > ${Date.parse(v) || 0}`)],
    [
      'search words',
      (v) =>
        all(
          `select * from t where ${
            v
              .split(/\W+/)
              .filter(Boolean)
              .slice(0, 4)
              .map(() => 'name like ?')
              .join(' or ') || '1=0'
          }`,
          ...v.split(/\W+/).filter(Boolean).slice(0, 4),
        ),
    ],
    ['toFixed', (v) => all(`select * from t where id < ${Number(v).toFixed(2)}`)],
    ['JSON.stringify number', (v) => all(`select * from t where id < ${JSON.stringify(Number(v))}`)],
    [
      'enum',
      (v) => all(`select * from t where name = '${['open', 'closed'].includes(v) ? v : 'open'}'`),
      ['closed'],
    ],
  ];

  it.each(twins)('is green for %s', async (_name, run, harmless) => {
    await expectNoInjection(db, run, harmless ? { harmless } : {});
  });
});
