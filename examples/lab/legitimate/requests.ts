import { admin } from '../run/seed.ts';

/** Something an honest visitor does. Afterwards they look at `view`, where it is given. */
export interface Legitimate {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Readonly<Record<string, string>>;
  readonly type?: 'form' | 'json';
  readonly view?: string;
  /** Why the undefended application fails here: the defended one must still answer. */
  readonly undefendedFails?: string;
}

const get = (path: string, name: string): Legitimate => ({ name, method: 'GET', path });
const search = (page: string, text: string): Legitimate =>
  get(`${page}?${new URLSearchParams({ q: text })}`, `${page}: ${text}`);

const words: readonly string[] = [
  "O'Brien",
  "O'Brien's sea boots",
  'rope',
  'ROPE',
  'drop',
  'Drop-in keel bolt',
  'select',
  'union',
  'Tar & oakum',
  'Caf\u00e9',
  '50% heavier',
  'heavier)',
  'no such thing',
  '--',
  'or 1=1',
  '\u30ed\u30fc\u30d7',
  '\u26f5',
];

const echoed: readonly string[] = [
  'Tom & Jerry',
  'I <3 sailing',
  '5 > 3',
  'AT&T',
  "rock'n'roll",
  'a=1&b=2',
  '#hashtag',
  '100 %',
  'C:\\boats',
  'C++',
  '\u05e9\u05dc\u05d5\u05dd',
  'na\u00efve r\u00e9sum\u00e9',
];

const filters: readonly string[] = [
  '',
  'category=ropes',
  'category=hardware',
  'min=50',
  'max=50',
  'min=10&max=100',
  'min=2.40',
  'sort=price',
  'sort=-price',
  'sort=name',
  'sort=-name',
  'sort=category',
  'category=ropes&sort=-price',
  'q=rope&category=ropes&min=3&sort=price',
];

const people: readonly (readonly [string, string, string])[] = [
  ["Siobh\u00e1n O'Leary", 'Rope & rigging.', 'https://example.com/siobhan'],
  ["D'Angelo Brown", 'Sails at 5 > 4 knots.', 'http://example.com/?a=1&b=2'],
  ['Nu\u00f1ez-Smith', '"Quotes" are fine.', 'https://example.com/~nunez'],
  ['Robert Tables', 'Used to be called "Drop".', 'https://example.com/select/union'],
  ['\u674e\u5c0f\u9f99', '\u2026', 'https://example.com/%E6%9D%8E'],
];

const richTexts: readonly string[] = [
  '<p>Plain words.</p>',
  "<p>It's the <b>best</b> rope &amp; I've tried <i>many</i>.</p>",
  '<ul><li>strong</li><li>light</li></ul>',
  '<p>See <a href="https://example.com/a?b=1&amp;c=2">this</a>.</p>',
  '<p>Write to <a href="mailto:crew@example.com">the crew</a>.</p>',
  '<p>One<br>two</p>',
  '<p>5 &lt; 6 &amp;&amp; 7 &gt; 6</p>',
  '<p><em>Emphasis</em> and <strong>strength</strong></p>',
  'No markup at all, just "words".',
  "<p>select * from users where name = 'me'; -- it's a joke</p>",
];

const previews: readonly string[] = [
  'http://news.example.com/',
  'http://news.example.com/a/b?c=d&e=f',
  'http://www.example.com/page#part',
  'http://news.example.com/old',
  'http://news.example.com/twice',
  'http://news.example.com/relative',
  'http://news.example.com/to?http%3A%2F%2Fwww.example.com%2Fthere',
  'http://dual.example.com/',
  'http://93.184.215.14/by-address',
  'HTTP://NEWS.EXAMPLE.COM/upper',
  'http://news.example.com:80/port',
];

export const legitimate: readonly Legitimate[] = [
  get('', 'home page'),
  get('login', 'login page'),
  {
    name: 'log in',
    method: 'POST',
    path: 'login',
    body: { email: admin.email, password: admin.password },
  },
  {
    name: 'log in with a wrong password',
    method: 'POST',
    path: 'login',
    body: { email: admin.email, password: 'wrong' },
  },
  ...words.map((text) => search('products', text)),
  ...echoed.map((text) => search('search', text)),
  ...filters.map((query) => get(`products?${query}`, `products: ${query || 'no filter'}`)),
  ...[1, 2, 4].map((id) => get(`profile?id=${id}`, `profile ${id}`)),
  get('profile?id=999', 'a profile that is not there'),
  get('api/users', 'JSON: users'),
  get('api/users/3', 'JSON: one user'),
  get('api/products?sort=-price', 'JSON: products'),
  get('api/suggestions?q=Ro', 'JSON: suggestions'),
  get('report?month=2026-01', 'report'),
  get('report?month=1999-12', 'report of a month without sales'),
  get('comments', 'comments'),
  ...people.map(
    ([name, bio, website], i): Legitimate => ({
      name: `sign up: ${name}`,
      method: 'POST',
      path: 'users',
      body: { email: `new${i}@example.com`, name, bio, website, password: "it's secret and salty" },
      view: 'api/users',
    }),
  ),
  ...richTexts.map(
    (content): Legitimate => ({
      name: `comment: ${content}`,
      method: 'POST',
      path: 'comments',
      body: { author: "Grainne O'Brien", content },
      view: 'comments',
    }),
  ),
  ...previews.map(
    (url): Legitimate => ({ name: `preview: ${url}`, method: 'POST', path: 'preview', body: { url } }),
  ),
  {
    name: 'JSON: preview',
    method: 'POST',
    path: 'api/preview',
    body: { url: 'http://news.example.com/json' },
    type: 'json',
  },
  {
    ...get("api/suggestions?q=O'Br", "JSON: suggestions for O'Br"),
    undefendedFails: 'an apostrophe ends its string, and the statement is broken',
  },
  {
    name: "log in as o'neill@example.com",
    method: 'POST',
    path: 'login',
    body: { email: "o'neill@example.com", password: 'bowline' },
    undefendedFails: 'an apostrophe ends its string, and the statement is broken',
  },
  {
    ...search('products', 'Rope, 16 mm "Ultra"'),
    undefendedFails: "a double quote ends the field's attribute",
  },
  {
    ...get('profile?id=3', "profile of Shane O'Neill"),
    undefendedFails: "an apostrophe ends the picture's attribute",
  },
  {
    ...search('search', 'if a<b then "c"'),
    undefendedFails: 'what follows the < becomes a tag, and the words are gone',
  },
  {
    ...search('search', 'see </q> and &copy;'),
    undefendedFails: 'markup in the query becomes markup of the page',
  },
];
