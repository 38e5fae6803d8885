import type { Audit } from '../audit.ts';
import type { Check } from '../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../check/outcome.ts';
import { type CheckResult, judgeLines } from '../line/judge-lines.ts';

export const redirectCheck: Check = {
  id: 'django/ssl-redirect',
  aspect: 'https/redirect',
  title: 'Every request over http is redirected to https.',
  why: 'A request over http can be read and changed on its way.',
  severity: 'medium',
  cwe: [319],
  asvs: ['12.2.1'],
  django: ['security.W008'],
  run: () => [],
};

const hstsCheck: Check = {
  ...redirectCheck,
  id: 'django/hsts',
  aspect: 'https/hsts',
  django: ['security.W004'],
};
const corsCheck: Check = {
  ...redirectCheck,
  id: 'python/cors',
  aspect: 'cors/origins',
  cwe: [942],
  asvs: [],
  django: [],
};
const noteCheck: Check = { ...corsCheck, id: 'python/cors-age', weight: 'note' };
const cspCheck: Check = { ...corsCheck, id: 'python/csp', aspect: 'csp/policy', weight: 'part' };

export const sampleChecks: readonly Check[] = [redirectCheck, hstsCheck, corsCheck, noteCheck, cspCheck];

const sampleSources: Readonly<Record<string, string>> = {
  'shop/settings.py': 'import os\n\nif True:\n    SECURE_SSL_REDIRECT = False\n',
};

export const redirectOutcome: Outcome = fail(
  'SECURE_SSL_REDIRECT is False.',
  [{ text: 'SECURE_SSL_REDIRECT = False', path: 'shop/settings.py', line: 4 }],
  [
    {
      kind: 'diff',
      text: '--- a/shop/settings.py\n+++ b/shop/settings.py\n-    SECURE_SSL_REDIRECT = False\n+    SECURE_SSL_REDIRECT = True\n',
    },
  ],
);

const results: readonly CheckResult[] = [
  { check: redirectCheck, outcomes: [redirectOutcome] },
  {
    check: hstsCheck,
    outcomes: [
      unknown('SECURE_HSTS_SECONDS is computed.', 'Write a number.', [
        { text: 'age()', path: 'shop/settings.py' },
      ]),
    ],
  },
  {
    check: corsCheck,
    outcomes: [pass('No origin is allowed.', [{ text: 'No CORS is set up in 12 files.' }])],
  },
  { check: noteCheck, outcomes: [fail('Answers are not cached.', [{ text: 'none' }], 'Set max_age.')] },
  { check: cspCheck, outcomes: [pass('A header is set.', [{ text: "default-src 'self'" }])] },
];

const sample: Audit = {
  version: '0.1.0',
  project: 'shop',
  day: '2026-12-01',
  stacks: [{ framework: 'django', folder: '', path: 'requirements.txt', version: '4.2.16' }],
  files: 12,
  gaps: ['Files are larger than 2 MB and were not read: data.json.'],
  lines: judgeLines(results, [
    {
      aspect: 'training/attested',
      by: 'Head of engineering',
      until: '2027-06-30',
      statement: 'All developers took the course of March 2026.',
    },
  ]),
  checks: sampleChecks,
  known: new Set(),
  sources: (path) => sampleSources[path],
};

export const sampleAudit: Audit = sample;

/** Of nothing. */
export const emptyAudit: Audit = {
  ...sample,
  stacks: [],
  files: 0,
  gaps: [],
  lines: judgeLines([], []),
  checks: [],
};

/** Names and texts as an attacker would choose them. */
const hostileText = `"'</script>]]>--><img src=x onerror=alert(1)>\n::error::x\r\u001b[2J\u0000\u202e\ud800\ufffe%0A&amp;{{7*7}}|a|\`\`\` @x [a](https://x.example) ![b](//x.example)`;

const hostileOutcome: Outcome = fail(
  hostileText,
  [{ text: hostileText, path: hostileText, line: 3 }],
  [
    { kind: 'text', text: hostileText },
    { kind: 'command', text: hostileText.replaceAll('\n', ' ') },
  ],
);

export const hostileAudit: Audit = {
  ...sample,
  project: hostileText,
  gaps: [hostileText],
  stacks: [{ framework: 'django', folder: '', path: hostileText, version: hostileText }],
  lines: judgeLines(
    [
      { check: redirectCheck, outcomes: [hostileOutcome, ...Array<Outcome>(50).fill(hostileOutcome)] },
      {
        check: corsCheck,
        outcomes: [unknown(hostileText, hostileText, Array(50).fill({ text: hostileText }))],
      },
    ],
    [{ aspect: 'training/attested', by: hostileText, until: '2027-06-30', statement: hostileText }],
  ),
  sources: () => hostileText,
};
