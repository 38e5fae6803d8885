import type { Attack } from './attack.ts';

/**
 * Why a payload that is known to work elsewhere takes nothing from the undefended application at this endpoint.
 *
 * @param server whether the database is one where roles hold, and not the embedded one
 */
export function reasonFor(attack: Attack, server: boolean): string | undefined {
  return reasons.find(
    ({ group, endpoint, payload, roles = false }) =>
      group === attack.group &&
      endpoint.test(attack.endpoint) &&
      payload.test(attack.payload) &&
      (server || !roles),
  )?.why;
}

interface Reason {
  readonly group: Attack['group'];
  readonly endpoint: RegExp;
  readonly payload: RegExp;
  readonly why: string;
  /** It is the doing of the database's roles. */
  readonly roles?: true;
}

const any = /^/;
const script = /^<+script/i;

const reasons: readonly Reason[] = [
  {
    group: 'SQL injection',
    endpoint: /products q$|comments content|users name/,
    payload: any,
    why: 'quotes are doubled here, and the text stays in its string',
  },
  {
    group: 'SQL injection',
    endpoint: /products (?:min|sort)|profile id|users\/:id/,
    payload: /^[^']*'/,
    why: 'no quotes stand around it here, so its own breaks the statement',
  },
  {
    group: 'SQL injection',
    endpoint: any,
    payload: /#$/,
    why: '# is a comment in MySQL, and an operator in PostgreSQL',
  },
  {
    group: 'SQL injection',
    endpoint: /login|category|report/,
    payload: /UNION SELECT password/,
    why: 'it brings one column, and the query here has more',
  },
  {
    group: 'SQL injection',
    endpoint: /login/,
    payload: /'1'='1$/,
    why: 'AND binds before OR, so the password is still compared',
  },
  {
    group: 'SQL injection',
    endpoint: /report/,
    payload: /'1'='1$/,
    why: "it opens the condition, and every month's sales are public",
  },
  {
    group: 'SQL injection',
    endpoint: /report/,
    payload: /--$/,
    why: '-- ends with its line, and the rest of the statement follows on the next',
  },
  {
    group: 'SQL injection',
    endpoint: any,
    payload: /DROP TABLE/,
    why: "the application's role does not own the table",
    roles: true,
  },
  {
    group: 'SQL injection',
    endpoint: /suggestions/,
    payload: /'1'='1$/,
    why: 'the % that follows here makes the comparison false',
  },
  {
    group: 'XSS',
    endpoint: /hello|people/,
    payload: script,
    why: 'a script element that innerHTML makes does not run',
  },
  {
    group: 'XSS',
    endpoint: /people/,
    payload: /^<svg onload/,
    why: 'the page has loaded by then, and an svg put in later has no load event',
  },
  {
    group: 'XSS',
    endpoint: /website/,
    payload: /^[^"]*$|^"/,
    why: 'it stands in a quoted attribute, which it does not leave with a handler',
  },
  {
    group: 'XSS',
    endpoint: /website/,
    payload: /onerror/,
    why: 'its handler lands on the link, where no error happens',
  },
  { group: 'XSS', endpoint: any, payload: /^javascript:/, why: 'it is a URL, and stands here as text' },
  {
    group: 'XSS',
    endpoint: /profile|comments|hello|people/,
    payload: /^['"];alert/,
    why: "it leaves a script's string, and there is none here",
  },
  {
    group: 'SSRF',
    endpoint: any,
    payload: /^(?!https?:)[a-z]+:/,
    why: "Node's fetch speaks http and https alone",
  },
  {
    group: 'SSRF',
    endpoint: any,
    payload: /:22\b/,
    why: "Node's fetch refuses that port (fetch standard, port blocking)",
  },
  {
    group: 'SSRF',
    endpoint: any,
    payload: /:(?:3306|6379)\b/,
    why: 'the connection is made, and what answers there is not HTTP',
  },
];
