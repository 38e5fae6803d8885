import { afterAll, describe, expect, it } from 'vitest';
import { createFolder } from '../../../scan/testing/folder.ts';
import { runCheck } from '../../check/run-check.ts';
import type { Site } from '../../live/site.ts';
import { openSubject } from '../../subject/open-subject.ts';
import { recordedSite } from '../../testing/recorded-site.ts';
import { liveChecks } from './all.ts';

const length = 262_144;

/** Texts that make a careless pattern try every beginning with every end. */
const pieces: readonly string[] = [
  ...['a', ' ', '\n', '.', '/', '<', '=', '"', ';', ',', '&nbsp;', '\u001b[2J\u0007\u202e', '\ud800', '\0'],
  ...[
    'Error',
    'Error at ',
    'at a.',
    'at A.',
    'a/a',
    'java.',
    'Warning: ',
    'File "',
    '.rb:',
    '/srv/',
    'C:\\a',
    '[A',
  ],
  ...[
    '<title>',
    '<meta ',
    '<!-- ',
    '<a href="',
    '<pre><a href="a">a</a>',
    '<div>',
    '<script src="/a.js"></script>',
  ],
  ...[
    'A=',
    'ref: refs/',
    '[core]\n',
    'Contact:',
    'Expires: ',
    'Disallow: /',
    '{"version":3,',
    '[',
    '{"a":',
    'a=b; ',
  ],
  ...["'nonce-", "script-src 'self'; ", 'frame-ancestors *, ', 'max-age=', 'a\r\nb'],
];

function siteOf(piece: string): Site {
  const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  const base = recordedSite(`
pages: [{ headers: { x: y } }]
tls: [{ failure: x }]
cors: [{ kind: another, origin: 'https://a.example' }, { kind: another, origin: 'https://a.example', method: OPTIONS }]
errors: [{ path: /x, status: 404 }]
scripts: [{ path: /a.js, map: { path: /a.js.map } }]
paths: [${['/.git/HEAD', '/.git/config', '/.env', '/.DS_Store', '/dump.sql', '/phpinfo.php', '/robots.txt', '/.well-known/security.txt', '/static/'].map((path) => `{ path: ${path} }`).join(', ')}]
`);
  const header = text.slice(0, 32_000);
  const names = [
    'strict-transport-security',
    'content-security-policy',
    'x-frame-options',
    'x-content-type-options',
    'referrer-policy',
    'server',
    'via',
    'access-control-allow-origin',
    'allow',
    'location',
    'content-type',
  ];
  const json = JSON.stringify(base, (key, value: unknown) => {
    if (key === 'body') return text;
    if (key === 'headers') return names.map((name) => [name, name === 'content-type' ? 'text/html' : header]);
    return value;
  });
  const cookie = { name: header, value: header, url: 'https://shop.example/', header, path: header };
  return { ...JSON.parse(json), cookies: [{ ...cookie, secure: false, httpOnly: false, isRemoved: false }] };
}

describe('a hostile site', () => {
  const folder = createFolder({});
  afterAll(() => folder.remove());
  it.each(pieces)('%j again and again', { timeout: 60_000 }, async (piece) => {
    const subject = Object.assign(openSubject(folder.path, { today: '2026-12-01' }), { site: siteOf(piece) });
    for (const check of liveChecks) {
      const outcomes = await runCheck(check, subject);
      expect(outcomes.filter(({ summary }) => summary.includes('mistake of Bulwark'))).toEqual([]);
      expect(outcomes.filter(({ summary }) => summary.length > 600 || summary.includes('\n'))).toEqual([]);
      const evidence = outcomes.flatMap((one) => one.evidence);
      expect(evidence.filter(({ text }) => text.length > 2_500)).toEqual([]);
    }
  });
});
