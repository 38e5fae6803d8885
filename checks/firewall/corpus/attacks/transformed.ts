import { fill } from '../fill.ts';
import type { Dialect, Draft, ProvenCase } from '../firewall-case.ts';
import { numberCases } from '../number-cases.ts';
import { withHeaders } from '../request-strings.ts';
import { dialectsOf } from './rows.ts';
import { tampered } from './tampered.ts';

/** What an application does to a value on its way to the text, and what an attacker sends therefore. */
interface Way {
  readonly name: string;
  readonly send: (payload: string) => string;
  readonly use: (input: string) => string;
}

const same = (value: string): string => value;
const base64 = (value: string): string => Buffer.from(value).toString('base64');
const unbase64 = (value: string): string => Buffer.from(value, 'base64').toString();
const fullWidth = (value: string): string => value.replaceAll("'", '\uff07');
const path = (value: string): string => value.split('/').at(-1) as string;

const ways: readonly Way[] = [
  { name: 'trimmed', send: (value) => `  ${value}\t\n`, use: (value) => value.trim() },
  { name: 'in lower case', send: (value) => value.toUpperCase(), use: (value) => value.toLowerCase() },
  { name: 'in upper case', send: same, use: (value) => value.toUpperCase() },
  { name: 'URL-decoded once more', send: encodeURIComponent, use: decodeURIComponent },
  {
    name: 'URL-decoded twice more',
    send: (value) => encodeURIComponent(encodeURIComponent(value)),
    use: (value) => decodeURIComponent(decodeURIComponent(value)),
  },
  {
    name: 'a plus is a space',
    send: (value) => value.replaceAll(' ', '+'),
    use: (value) => value.replaceAll('+', ' '),
  },
  {
    name: 'double quotes taken out',
    send: (value) => value.split(' ').join('" '),
    use: (value) => value.replaceAll('"', ''),
  },
  {
    name: 'tags taken out',
    send: (value) => value.split(' ').join(' <b>'),
    use: (value) => value.replace(/<[^<>]*>/g, ''),
  },
  {
    name: 'a keyword taken out once',
    send: (value) => value.replace(/or|union/, (word) => `${word[0]}script${word.slice(1)}`),
    use: (value) => value.replace('script', ''),
  },
  { name: 'cut to 100', send: (value) => `${value}${'a'.repeat(150)}`, use: (value) => value.slice(0, 100) },
  { name: 'after a prefix', send: same, use: (value) => `user:${value}` },
  { name: 'before a suffix', send: same, use: (value) => `${value}@shop.example` },
  { name: 'from base64', send: base64, use: unbase64 },
  {
    name: 'from JSON in a string',
    send: (value) => JSON.stringify({ q: value }),
    use: (value) => (JSON.parse(value) as { q: string }).q,
  },
  {
    name: 'from JSON in base64',
    send: (value) => base64(JSON.stringify({ q: value })),
    use: (value) => (JSON.parse(unbase64(value)) as { q: string }).q,
  },
  { name: 'normalized (NFKC)', send: fullWidth, use: (value) => value.normalize('NFKC') },
  {
    name: 'white space runs made one',
    send: (value) => value.replaceAll(' ', '   '),
    use: (value) => value.replace(/\s+/g, ' '),
  },
  {
    name: 'the part after a colon',
    send: (value) => `name:${value}`,
    use: (value) => value.slice(value.indexOf(':') + 1),
  },
  { name: 'the last part of a path', send: (value) => `/users/by/${value}`, use: path },
  {
    name: 'one of a comma-separated list',
    send: (value) => `red;${value};blue`,
    use: (value) => value.split(';')[1] as string,
  },
  {
    name: 'a cookie of the Cookie header',
    send: (value) => `a=1; who=${encodeURIComponent(value)}; b=2`,
    use: (value) => decodeURIComponent(/who=([^;]*)/.exec(value)?.[1] ?? ''),
  },
  {
    name: 'from HTML entities',
    send: (value) => value.replaceAll("'", '&#39;'),
    use: (value) => value.replaceAll('&#39;', "'"),
  },
  {
    name: 'control characters taken out',
    send: (value) => value.split('').join('\u0001'),
    use: (value) => value.replaceAll('\u0001', ''),
  },
  {
    name: 'from hex',
    send: (value) => Buffer.from(value).toString('hex'),
    use: (value) => Buffer.from(value, 'hex').toString(),
  },
  {
    name: 'reversed',
    send: (value) => [...value].reverse().join(''),
    use: (value) => [...value].reverse().join(''),
  },
];

const payloads: Readonly<Record<Dialect, readonly string[]>> = {
  postgres: ["x' or 1=1 -- ", "x' or name like '%a", "x' union select 1, 2 -- "],
  mysql: ["x' or 1=1 -- x", "x' or sleep(5) or 'a'='a", "x' union select 1, user() # "],
  sqlite: ["x' or 1=1 -- ", "x' or name glob '*a", "x' union select 1, 2 -- "],
};
const texts: readonly string[] = [
  "select * from users where name = '{v}'",
  "select * from items where shop = 3 and owner = '{v}'",
];
/** Ways that no firewall can follow by the request's strings alone: it would have to read what the application reads. */
const remote = new Set([
  'reversed',
  'from hex',
  'a keyword taken out once',
  'control characters taken out',
  'double quotes taken out',
  'tags taken out',
]);

function* onTheWay(): Generator<Draft> {
  let turn = 0;
  for (const dialect of dialectsOf('pms')) {
    for (const { name, send, use } of ways) {
      for (const payload of payloads[dialect]) {
        const input = send(payload);
        const text = texts[turn++ % texts.length] as string;
        yield {
          dialect,
          text: fill(text, use(input)),
          twin: fill(text, 'alice'),
          inputs: withHeaders(turn, input),
          note: `the value on its way: ${name}`,
          ...(remote.has(name) ? { debatable: true as const } : {}),
        };
      }
    }
  }
}

function* fromSqlmap(): Generator<Draft> {
  for (const [script, letters, place, input, value = input] of tampered) {
    const text =
      place === 'literal'
        ? "select * from users where name = '{v}' and active = 1"
        : 'select * from users where id = {v}';
    for (const dialect of dialectsOf(letters)) {
      yield {
        dialect,
        text: fill(text, value),
        twin: fill(text, place === 'literal' ? 'alice' : '7'),
        inputs: [input],
        note: `tampered: ${script}`,
        source: 'sqlmap 1.9.6',
        ...(script === 'percentage' ? { debatable: true as const } : {}),
      };
    }
  }
}

/** Values that an application decodes, cuts or spells anew before they stand in the text. */
export function transformedAttacks(): ProvenCase[] {
  return [...numberCases('on-the-way', true, onTheWay()), ...numberCases('sqlmap', true, fromSqlmap())];
}
