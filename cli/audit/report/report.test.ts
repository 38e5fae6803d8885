import { Ajv } from 'ajv';
import { inlineHashes } from 'bulwark/html';
import { describe, expect, it } from 'vitest';
import { sarifSchema } from '../../finding/testing/sarif-schema.ts';
import type { Audit } from '../audit.ts';
import { emptyAudit, hostileAudit, redirectOutcome, sampleAudit } from '../testing/sample-audit.ts';
import { writeBadge } from './badge.ts';
import { auditStyle } from './style.ts';
import { formats, writers } from './writers.ts';

const plain = { color: false };

describe('text', () => {
  it('has a line for each line, then what fails and what is unknown', () => {
    const text = writers.text(sampleAudit, plain);
    expect(text).toMatch(
      /^bulwark audit of shop \(django 4\.2\.16\), 2026-12-01, bulwark 0\.1\.0\n\nApplication\n {2}unknown {2}All database/,
    );
    expect(text).toContain('\nInfrastructure\n  FAIL     HTTPS is enforced, with HSTS\n');
    expect(text).toContain(`
fail HTTPS is enforced, with HSTS (https, A04:2025 Cryptographic Failures)
  fail django/ssl-redirect: SECURE_SSL_REDIRECT is False.
    seen: shop/settings.py:4: SECURE_SSL_REDIRECT = False
    fix:  --- a/shop/settings.py
          +++ b/shop/settings.py
          -    SECURE_SSL_REDIRECT = False
          +    SECURE_SSL_REDIRECT = True
    why:  A request over http can be read and changed on its way.
    CWE-319, ASVS 12.2.1, security.W008
  unknown django/hsts: SECURE_HSTS_SECONDS is computed.
    seen: shop/settings.py: age()
    do:   Write a number.
    CWE-319, ASVS 12.2.1, security.W004
`);
    expect(text).toContain(`
unknown A Content Security Policy is in place (csp, A02:2025 Security Misconfiguration)
  unknown csp/policy: Only a part of it was shown to pass.
    needs: Pages are sent with a policy`);
    expect(text).toContain('attested by Head of engineering until 2027-06-30\n    said: All developers');
    expect(text).toMatch(
      /not read: Files are larger than 2 MB.*\n\n.*prints the page of a check\.\n1 of 21 lines passes; 1 fails, 18 are unknown, 1 is attested\n$/,
    );
    expect(text).not.toContain('max_age');
  });

  it('says what an empty project needs, and what may be attested', () => {
    const text = writers.text(emptyAudit, plain);
    expect(text).toContain(
      '  unknown queries/sites: Nothing was found that shows it.\n    needs: Every place that sends a query',
    );
    expect(text).toContain(
      '  unknown training/attested: Files do not show it, and nobody attests it.\n    needs: An entry for training/attested in bulwark.attest.toml.\n',
    );
    expect(text).toMatch(
      /needs: A network policy.* Or an entry for firewall\/egress in bulwark\.attest\.toml\.\n/,
    );
    expect(text).toMatch(/\n0 of 21 lines pass; 21 are unknown\n$/);
  });

  it('bounds what it shows, and marks what is in the baseline', () => {
    const text = writers.text({ ...hostileAudit, known: new Set([redirectOutcome]) }, plain);
    expect(text).toContain('  and 41 more of django/ssl-redirect\n');
    expect(text).toContain('    seen: and 45 more\n');
    expect(writers.text({ ...sampleAudit, known: new Set([redirectOutcome]) }, plain)).toContain(
      'False. (in the baseline)\n',
    );
  });
});

describe.each(formats)('%s', (format) => {
  it.each([
    ['an audit', sampleAudit],
    ['nothing', emptyAudit],
    ['hostile texts', hostileAudit],
  ])('has no sign that steers a terminal, for %s', (_, audit: Audit) => {
    const text = writers[format](audit, plain);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u202e\ufffe]/u);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).toMatch(/[^\n]\n$/);
  });
});

describe('html', () => {
  const page = writers.html(sampleAudit, plain);

  it('has all lines with verdicts, evidence and how other lists name them', () => {
    expect(page.match(/<article class="line /g)).toHaveLength(21);
    expect(page).toContain('<code>shop/settings.py:4: SECURE_SSL_REDIRECT = False</code>');
    expect(page).toContain('CWE-319, ASVS 12.2.1, security.W008');
    expect(page).toContain('No CORS is set up in 12 files.');
    expect(page).toContain('<span class="verdict">note</span> <code>python/cors-age</code>');
  });

  it('links to what is there', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.sort()).toEqual(ids.sort());
  });

  it('has a policy that allows its own sheet and nothing else', () => {
    expect(page).toContain(
      `content="default-src 'none'; style-src ${inlineHashes(auditStyle).join('')}; base-uri 'none'; form-action 'none'"`,
    );
  });

  it.each([
    ['an audit', sampleAudit],
    ['hostile texts', hostileAudit],
  ])('loads and runs nothing, for %s', (_, audit) => {
    const tags = [...writers.html(audit, plain).matchAll(/<(\w+)([^>]*)>/g)];
    expect(
      tags.filter(([, name = '']) => /^(?:script|img|link|iframe|object|embed|base|form)$/.test(name)),
    ).toEqual([]);
    expect(tags.filter(([, , of = '']) => / (?:src|on\w+|style)=| href="[^#]/.test(of))).toEqual([]);
  });
});

describe('json', () => {
  it('has what an auditor needs', () => {
    const json = JSON.parse(writers.json(sampleAudit, plain));
    expect(json).toMatchObject({
      version: 1,
      score: { passed: 1, of: 21 },
      counts: { pass: 1, fail: 1, unknown: 18, attested: 1 },
      stacks: [{ framework: 'django', version: '4.2.16' }],
    });
    expect(json.lines).toHaveLength(21);
    expect(json.lines.find(({ id }: { id: string }) => id === 'https')).toMatchObject({
      group: 'infrastructure',
      owasp: 'A04:2025 Cryptographic Failures',
      verdict: 'fail',
      aspects: [
        {
          id: 'https/redirect',
          attested: null,
          outcomes: [
            {
              check: 'django/ssl-redirect',
              known: false,
              evidence: [{ path: 'shop/settings.py', line: 4 }],
              moreEvidence: 0,
            },
          ],
        },
        { id: 'https/hsts' },
      ],
    });
    expect(json.checks[0]).toMatchObject({
      cwe: [319],
      asvs: ['12.2.1'],
      django: ['security.W008'],
      page: 'docs/audit/django-ssl-redirect.md',
    });
  });

  it('is ASCII', () => expect(writers.json(hostileAudit, plain)).toMatch(/^[\n -~]*$/));
});

describe('sarif', () => {
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    sarifSchema(),
  );

  it.each([
    ['an audit', sampleAudit],
    ['nothing', emptyAudit],
    ['hostile texts', hostileAudit],
  ])('is valid, for %s', (_, audit) => {
    validate(JSON.parse(writers.sarif(audit, plain)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('has a result for what fails at a place, and a notification for the rest', () => {
    const [run] = JSON.parse(writers.sarif(sampleAudit, plain)).runs;
    expect(run.results).toHaveLength(1);
    expect(run.results[0]).toMatchObject({
      ruleId: 'django/ssl-redirect',
      locations: [{ physicalLocation: { region: { startLine: 4, startColumn: 5, endColumn: 32 } } }],
      suppressions: [],
    });
    const notes = run.invocations[0].toolExecutionNotifications.map(
      ({ level, message }: { level: string; message: { text: string } }) => `${level} ${message.text}`,
    );
    expect(notes).toContain('note https/hsts: SECURE_HSTS_SECONDS is computed. Write a number.');
    expect(notes).toContain('warning Files are larger than 2 MB and were not read: data.json.');
    const known = JSON.parse(writers.sarif({ ...sampleAudit, known: new Set([redirectOutcome]) }, plain));
    expect(known.runs[0].results[0].suppressions).toMatchObject([{ kind: 'external' }]);
  });
});

describe('junit', () => {
  it('has a suite for each group, and skips what is unknown', () => {
    const xml = writers.junit(sampleAudit, plain);
    expect(xml).toContain(
      '<testsuites name="bulwark audit" tests="21" failures="1" errors="0" skipped="19">',
    );
    expect(xml).toContain('<testsuite name="Infrastructure" tests="7" failures="1" errors="0" skipped="5">');
    expect(xml).toContain('<testcase name="CORS is configured restrictively" classname="Infrastructure"/>');
    expect(xml).toContain(
      '<failure type="https" message="fail: https/redirect">fail django/ssl-redirect: SECURE_SSL_REDIRECT is False.',
    );
  });
});

describe('markdown', () => {
  it('keeps untrusted text from being markup', () => {
    const page = writers.markdown(hostileAudit, plain);
    const outsideCode = page
      .replace(/^ {4}(`{3,})text\n[\s\S]*?^ {4}\1$/gm, '')
      .replace(/(?<!`)(`+)(?!`) .*? \1(?!`)/g, '');
    expect(page.length).toBeGreaterThan(outsideCode.length + 1000);
    expect(outsideCode).not.toMatch(/<img|(?<!\\)\]\(|:\/\/|@x/);
    expect(writers.markdown(sampleAudit, plain)).toContain(
      '- fail `django/ssl-redirect`: SECURE\\_SSL\\_REDIRECT is False.\n  - seen: ` shop/settings.py:4: SECURE_SSL_REDIRECT = False `\n  - do:\n\n    ```text\n    --- a/shop',
    );
  });
});

describe('the badge', () => {
  it('has the score, and nothing of the project', () => {
    expect(writeBadge(sampleAudit)).toContain('>1 of 21</text>');
    expect(writeBadge(sampleAudit)).toContain('<title>bulwark audit: 1 of 21 lines pass, 1 fails</title>');
    expect(writeBadge(hostileAudit)).not.toMatch(/<img|onerror|django/);
  });
});
