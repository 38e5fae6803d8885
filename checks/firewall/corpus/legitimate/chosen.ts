import { dialectsOf, type In } from '../attacks/rows.ts';
import { fill } from '../fill.ts';
import type { Draft, ProvenCase } from '../firewall-case.ts';
import { quotedName } from '../literal.ts';
import { numberCases } from '../number-cases.ts';
import { withHeaders } from '../request-strings.ts';

/** A text with `{v}`, what another choice would put there, and what the request chose. */
type ChoiceRow = readonly [
  dialects: In,
  text: string,
  other: string,
  inputs: readonly string[],
  debatable?: true,
];

const keys: readonly string[] = [
  'price',
  'name',
  'created_at',
  'createdAt',
  'id',
  'title',
  'rating',
  'Total',
  'order_no',
  'first name',
  'size"',
  'a`b',
  'user',
  'order',
  'group',
  'desc',
  'select',
  "o'neil",
  'Umsatz \u20ac',
  '2026',
  'a.b',
  'price; --',
  'x y z',
];

const quotedTexts: readonly string[] = [
  'select * from {p} order by {v}',
  'select id, {v} from {p} where shop = 3 order by {v} desc limit 20',
  'select {v}, count(*) from {p} group by {v}',
  'select total as {v} from {p}',
  'update {p} set {v} = 1 where id = 7',
  'insert into {p} ({v}) values (1)',
  'select p.{v} from {p} p where p.{v} is not null',
];

const numbers: readonly string[] = [
  '10',
  '20',
  '1',
  '0',
  '100',
  '7',
  '25',
  '50',
  '999999',
  '1000',
  '12',
  '2147483647',
];

const rows: readonly ChoiceRow[] = [
  ['pms', 'select * from posts order by id limit {v}', '5', numbers],
  ['pms', 'select * from posts order by id limit 20 offset {v}', '5', numbers],
  ['pms', 'select * from users where id = {v}', '5', numbers],
  ['pms', 'SELECT * FROM orders WHERE (customer_id = {v}) AND paid = 1 LIMIT 1', '5', numbers],
  ['pms', 'delete from carts where id in (3, {v}, 9)', '5', numbers],
  [
    'pms',
    'select * from products where price between {v} and 1000',
    '5',
    ['9.99', '10', '0.5', '100.00', '1e3', '.5'],
  ],
  ['pms', 'select * from accounts where balance > {v}', '5', ['-5', '-10.50', '-1', '-100']],
  ['pms', 'update products set price = {v} where id = 3', '5', ['9.99', '12', '0', '1.50', '-3']],
  ['pms', 'insert into votes (post, score) values (7, {v})', '5', ['1', '-1', '10', '3']],
  ['m', 'select * from posts limit 0, {v}', '5', numbers],
  [
    'pms',
    'select * from products order by {v}',
    'shop',
    ['price', 'name', 'created_at', 'createdAt', 'id', 'rating', 'TITLE'],
  ],
  [
    'pms',
    'select id, name from items where shop = 3 order by {v} desc limit 20',
    'shop',
    ['price', 'name', 'id', 'created_at'],
  ],
  ['pms', 'select count(*) from sales group by {v}', 'shop', ['region', 'year', 'country', 'id']],
  ['pms', 'select {v} from products', 'shop', ['price', 'name', 'id']],
  ['pms', 'select * from {v} where shop = 3', 'items', ['products', 'orders', 'archive_2025']],
  [
    'p',
    "select * from jobs where run_at > now() - interval '{v}'",
    '1 day',
    ['7 days', '1 hour', '30 minutes', '2 weeks'],
  ],
  ['p', "select * from docs where tags @> '{{v}}'", 'x', ['art', 'news,art', '"a b"', 'red,green,blue']],
  ['p', "select data->>'{v}' from docs", 'x', ['title', 'a b', 'name', 'user-id', 'o"neil']],
  ['ms', "select json_extract(data, '$.{v}') from docs", 'x', ['title', 'name', 'a.b', 'items[0]']],
  ['p', 'select $q$\x7bv}$q$ as note', 'x', ["it's", "a 'quoted' word", 'a -- b', 'x; y', "O'Brien"]],
  ['p', "select E'{v}' as note", 'x', ['plain', 'two words', 'select', 'a;b']],
  [
    'p',
    "select * from docs where to_tsvector(body) @@ to_tsquery('{v}')",
    'x',
    ['cat & dog', 'cat | dog', '!cat', 'cat:*', '(a | b) & c'],
  ],
  ['p', "select * from users where name ~ '{v}'", 'x', ['^a.*z$', '[a-z]+', '(or|and)', 'a{2,3}']],
  ['m', "select * from users where name regexp '{v}'", 'x', ['^a.*z$', '[a-z]+', '(or|and)', 'a{2,3}']],
  [
    'm',
    'select * from users where name = "{v}"',
    'x',
    ["O'Brien", "it's", 'two words', 'a; b -- c', "' or '1'='1"],
  ],
  [
    'm',
    "select * from users where name = _utf8mb4'{v}' collate utf8mb4_bin",
    'x',
    ['alice', 'a b', 'or', '# 1'],
  ],
  ['m', "select * from users where token = x'{v}'", '00', ['deadbeef', '0a1b', 'FF']],
  ['s', "select * from users where token = x'{v}'", '00', ['deadbeef', '0a1b', 'FF']],
  ['pms', '/* route: {v} */ select * from users', '/x', ['/users', '/api/v1/users', 'GET /items']],
  ['pms', "select * from users where name = '{v}';", 'x', ['alice', 'Bob', 'select']],
  ['pms', "select * from files where path = '{v}' -- {v}", 'x', ['a.txt', 'b/c.png']],
  [
    'pms',
    "select * from users where name = '{v}' or nick = '{v}' or email like '{v}%'",
    'x',
    ['al', 'bob', 'a b', 'or', '%', '_', '*', '--', '1'],
  ],
  ['ps', "select * from users where name = '{v}' and path = 'c:\\'", 'x', ['alice', 'or 1=1', 'c:\\']],
  ['pms', 'select * from users where id in ({v})', '4, 5, 6', ['1, 2, 3', '7, 8, 9', '10, 20, 30'], true],
  ['pms', 'select * from users where id in ({v})', '4,5,6', ['1,2,3', '7,8,9', '100,2,30'], true],
  ['pms', 'select {v} from products', 'a,b', ['id,name', 'price,id', 'name,created_at'], true],
  ['pms', 'select * from products order by {v}', 'shop desc', ['price desc', 'name desc', 'id desc']],
  ['pms', 'select * from products order by {v}', 'shop, id', ['price, id', 'name, rating']],
  ['pms', 'select * from products order by {v}', 'shop desc, id', ['price desc, id', 'name desc, rating']],
  ['pms', 'select * from products order by {v}', 'shop asc, id', ['name asc, id']],
  ['pms', 'select * from users u order by {v}', 'u.shop', ['u.id', 'u.name', 'u.created_at']],
  ['pms', 'select * from products where price {v} 10', '> ', ['>', '<', '=', '<=', '>=', '<>'], true],
  ['pms', 'select * from {v}', 'shop.items', ['sales.orders', 'public.users', 'main.posts']],
  ['ps', 'select * from products order by {v}', '"shop" desc', ['"price" desc', '"name" desc']],
  ['p', 'select * from users where born = {v}', "date '2000-01-01'", ["date '1990-12-31'"], true],
];

function* names(): Generator<Draft> {
  let turn = 0;
  for (const dialect of dialectsOf('pms')) {
    for (const key of keys) {
      for (let round = 0; round < 3; round++) {
        const text = (quotedTexts[turn++ % quotedTexts.length] as string).replaceAll(
          '{p}',
          quotedName(dialect, 'products'),
        );
        yield {
          dialect,
          text: fill(text, quotedName(dialect, key)),
          twin: fill(text, quotedName(dialect, 'x')),
          inputs: withHeaders(turn, key, 'desc'),
          note: 'a name as the request spells it, quoted, its quotes doubled',
        };
      }
    }
  }
}

function* directions(): Generator<Draft> {
  for (const dialect of dialectsOf('pms')) {
    for (const [index, direction] of ['asc', 'desc', 'ASC', 'DESC', 'Desc'].entries()) {
      for (const key of ['price', 'name', 'id']) {
        const text = `select * from products order by ${quotedName(dialect, key)} ${direction} limit 10`;
        yield {
          dialect,
          text,
          twin: text,
          inputs: withHeaders(index, key, direction, '10', '1'),
          note: 'sort key, direction and limit are of the allow-list: the text is one of a fixed few',
        };
      }
    }
    for (const word of ['left', 'inner', 'and', 'or', 'all', 'distinct']) {
      const text = {
        left: 'select * from a left join b on a.id = b.a',
        inner: 'select * from a inner join b on a.id = b.a',
        and: 'select * from a where x = 1 and y = 2',
        or: 'select * from a where x = 1 or y = 2',
        all: 'select x from a union all select y from b',
        distinct: 'select distinct x from a',
      }[word] as string;
      yield {
        dialect,
        text,
        twin: text,
        inputs: [word],
        note: 'a keyword of the allow-list: the text is one of a fixed few',
      };
    }
  }
}

function* chosen(wanted: boolean): Generator<Draft> {
  let turn = 0;
  for (const [letters, text, other, inputs, debatable = false] of rows) {
    if (debatable !== wanted) continue;
    for (const dialect of dialectsOf(letters)) {
      for (const input of inputs) {
        turn++;
        const operator = text.includes('price {v} 10');
        const same = fill(text, input);
        yield {
          dialect,
          text: same,
          // An operator of a fixed few has no other of its shape.
          twin: operator ? same : fill(text, other),
          inputs: withHeaders(turn, input, '2', 'desc'),
          note: debatable
            ? 'several tokens, which the application took from a list or checked before'
            : 'a number, a name or a part of a literal as it came',
          ...(debatable ? { debatable: true as const } : {}),
        };
      }
    }
  }
}

/** Numbers, names, directions and keywords that a request chooses from what the application offers. */
export function chosenValues(): ProvenCase[] {
  return [
    ...numberCases('quoted-name', false, names()),
    ...numberCases('allow-list', false, directions()),
    ...numberCases('as-it-came', false, chosen(false)),
    ...numberCases('several-tokens', false, chosen(true)),
  ];
}
