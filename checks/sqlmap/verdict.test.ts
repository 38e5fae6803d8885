import { describe, expect, it } from 'vitest';
import { verdictOf } from './verdict.ts';

const traffic = [
  'HTTP request [#1]:\nGET /report?month=2026-01 HTTP/1.1\n\nHTTP response [#1] (200 OK):\nX: y\n\n<p>\n',
  // A redirect is written down twice.
  'HTTP request [#2]:\nPOST /comments HTTP/1.1\n\nHTTP response [#2] (303 See Other):\n\n',
  'HTTP request [#2]:\nPOST /comments HTTP/1.1\n\nHTTP response [#2] (303 See Other):\n\n',
  'HTTP request [#3]:\nGET /report?month=%27 HTTP/1.1\n\n',
].join('====\n');
const begin = [
  "\r[22:03:31] [INFO] testing for SQL injection on GET parameter 'month'",
  "\r[22:03:31] [INFO] testing 'AND boolean-based blind - WHERE or HAVING clause'",
  "\r[22:03:31] [INFO] testing 'Generic inline queries'",
];
const clean = "\r[22:03:32] [WARNING] GET parameter 'month' does not seem to be injectable";
const end = '[*] ending @ 22:03:32 /2026-11-24/';
const text = (...lines: string[]): string => lines.join('\n');
const log = `sqlmap identified the following injection point(s) with a total of 52 HTTP(s) requests:
---
Parameter: month (GET)
    Type: boolean-based blind
    Title: AND boolean-based blind - WHERE or HAVING clause
    Payload: month=2026-01' AND 6864=6864 AND 'BvLa'='BvLa
---
`;

describe('the verdict of sqlmap', () => {
  it('is no hole, where it says so', () => {
    expect(verdictOf({ console: text(...begin, clean, end), log: '', traffic }, 'month')).toEqual({
      injectable: [],
      payloads: [],
      tests: 2,
      requests: 3,
      statuses: { '200': 1, '303': 1, none: 1 },
    });
  });

  it('is a hole, where its log names one', () => {
    expect(verdictOf({ console: text(...begin, end), log, traffic }, 'month')).toMatchObject({
      injectable: ['AND boolean-based blind - WHERE or HAVING clause'],
      payloads: ["month=2026-01' AND 6864=6864 AND 'BvLa'='BvLa"],
    });
  });

  it.each([
    ['it never came to the parameter', text(end), ''],
    ['it tested another one', text(...begin, clean, end).replaceAll('month', 'year'), ''],
    ['it found a hole in another one', text(...begin, end), log.replace('month (', 'year (')],
    ['it gave up', text(...begin, '\r[22:03:32] [CRITICAL] unable to connect to the target URL', end), ''],
    ['it said nothing in the end', text(...begin, end), ''],
    ['it contradicts itself', text(...begin, clean, end), log],
    ['it was cut off', text(...begin, clean), ''],
  ])('is none where %s', (_, console, written) => {
    expect(() => verdictOf({ console, log: written, traffic }, 'month')).toThrow(/^sqlmap .* of 'month'/);
  });
});
