import { fill } from '../fill.ts';
import type { Draft, ProvenCase } from '../firewall-case.ts';
import { numberCases } from '../number-cases.ts';
import { dialectsOf, type In } from './rows.ts';

/** Two values of one request, as they are sent; `use` is what the application makes of each. */
type PairRow = readonly [
  dialects: In,
  text: string,
  plain: readonly [string, string],
  pairs: readonly (readonly [string, string])[],
  use?: (value: string) => string,
];

const double = (value: string): string => value.replaceAll("'", "''");
const cut = (value: string): string => double(value).slice(0, 20);
const filler = 'aaaaaaaaaaaaaaaaaaa';
const login = "select * from users where name = '{v}' and password = '{w}'";
const swapped = "select * from users where active = 1 and name like '{v}%' and city in ('{w}')";

const rows: readonly PairRow[] = [
  [
    'm',
    login,
    ['a', 'b'],
    [
      ['\\', ' or 1=1 -- '],
      ['\\', ' or 1=1#'],
      ['\\', '||1#'],
      ['bob\\', ' union select 1, 2 -- '],
      ['\\', ' or sleep(5) -- '],
      ['\\\\\\', ' or true -- '],
      ['\\', 'or(1)#'],
      ['x\\', ' and 0 union select user(), 2#'],
      ['\\', ' or name = 0x61 -- '],
      ['\\', ';drop table users -- '],
    ],
  ],
  [
    'm',
    login,
    ['a', 'b'],
    [
      ['\\', ' or 1=1 -- '],
      ['\\', '||1#'],
      ['a\\', ' or 1 limit 1#'],
    ],
    double,
  ],
  [
    'm',
    'select * from users where name = "{v}" and password = "{w}"',
    ['a', 'b'],
    [
      ['\\', ' or 1=1 -- '],
      ['\\', ' or 1#'],
      ['x\\', ' union select 1,2 -- '],
    ],
  ],
  [
    'pms',
    login,
    ['a', 'b'],
    [
      ["' /*", "*/ or '1'='1"],
      ["' or /*", "*/ '1'='1"],
      ["x' or 1=1 /*", '*/ -- '],
      ["'/*", '*/ union select 1, 2 -- '],
      ["a' or '1'='1", "b' or '1'='1"],
      ["' or name like '", '%'],
      ["' or 'a' < '", "' or 'a'='a"],
      ["'||'", "'||'"],
      ["' in (select name from users) or 'x' = '", 'y'],
    ],
  ],
  [
    'pms',
    swapped,
    ['a', 'b'],
    [
      ["' /*", "*/ or city in ('x"],
      ['a', "x') or ('1'='1"],
      ["x'/*", '*/ or 1=1 -- '],
      ["%' or '1'='1", 'x'],
    ],
  ],
  [
    'pms',
    'select * from items where id = {v} and shop = {w}',
    ['1', '2'],
    [
      ['1 /*', '*/ or 1=1'],
      ['1/*', '*/'],
      ['1', '2 or 1=1'],
      ['1 or id = 5', '2'],
      ['1 union select name, password from users /*', '*/'],
    ],
  ],
  [
    'pms',
    "insert into posts (title, body) values ('{v}', '{w}')",
    ['a', 'b'],
    [
      ["x', (select 1)) /*", '*/ -- '],
      ["' || (select 'x') || '", 'b'],
      ["a', /*", '*/ (select password from users limit 1)) -- '],
      ["a'/*", '*/, (select 2)) -- '],
    ],
  ],
  [
    'pms',
    "update users set nick = '{v}' where id = {w}",
    ['a', '7'],
    [
      ["x', role = 'admin", '7'],
      ["x' /*", '*/ where 1=1'],
      ['x', '7 or 1=1'],
      ["x', nick = 'y", '1 or id > 0'],
    ],
  ],
  [
    'pms',
    "select * from logs where a = '{v}' order by {w}",
    ['x', 'id'],
    [
      ["'/*", '*/ or 1=1'],
      ['x', 'id, (select 1)'],
      ["' union select 1, '", '1'],
      ["' /*", '*/ or 1=1 -- '],
    ],
  ],
  [
    'p',
    login,
    ['a', 'b'],
    [
      ["' or $$", '$$ is not null --'],
      ["' or $q$", '$q$ <> $q$$q$ --'],
      ["' or E'\\", ' is null or 1=1 --'],
      ['\' or users."', '" is null or 1=1 --'],
      ["'/*/*", "*/*/ or '1'='1"],
      ["' or U&'", "' or 'a'='a"],
    ],
  ],
  [
    'm',
    login,
    ['a', 'b'],
    [
      ['\' or "', '" or 1=1 -- '],
      ["' or `", '` or 1=1 -- '],
      ["'/*!and '", "'*/ or '1'='1"],
      ['\'or"', '"<>"a" -- '],
      ["' #", "\n or '1'='1"],
    ],
  ],
  [
    's',
    login,
    ['a', 'b'],
    [
      ['\' or "', '" or 1=1 --'],
      ["' or `", '` or 1=1 --'],
      ["' or [", '] or 1=1 --'],
      ["' --", "\n or '1'='1"],
    ],
  ],
  ['ps', login, ['a', 'b'], [["' -- ", "\n or '1'='1"]]],
  [
    'pms',
    login,
    ['a', 'b'],
    [
      [`${filler}'`, ' or 1=1 -- '],
      [`${filler}'`, ' or true -- '],
      [`${filler}'`, ' union select 1 -- '],
      [`${filler}'`, ' or id > 0 -- '],
    ],
    cut,
  ],
  [
    'pms',
    "select * from users where name = '{v}' or email = '{w}' limit 1",
    ['a', 'b'],
    [
      [`${filler}'`, ' or 1=1 -- '],
      [`${filler}'`, ' or 2>1 -- '],
      [`${filler}'`, ' limit 5 -- '],
    ],
    cut,
  ],
];

function* pairs(): Generator<Draft> {
  for (const [letters, text, plain, values, use] of rows) {
    for (const dialect of dialectsOf(letters)) {
      for (const [v, w] of values) {
        // A line comment of MySQL ends with its line: the second value begins after the developer's rest of it.
        const [first, second] = use ? [use(v), use(w)] : [v, w];
        yield {
          dialect,
          text: fill(text, first, second),
          twin: fill(text, ...plain),
          inputs: [v, w],
          note: use
            ? 'the escaped first value is cut in an escape, and the second stands outside'
            : 'two values work together',
        };
      }
    }
  }
}

/** Two values of one request, neither an attack by itself. */
export function splitAttacks(): ProvenCase[] {
  return numberCases('split', true, pairs());
}
