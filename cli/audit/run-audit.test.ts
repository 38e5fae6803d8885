import { describe, expect, it } from 'vitest';
import { repositoryFolders } from '../scan/testing/folder.ts';
import type { Attestation } from './attest/attestation.ts';
import { type Audit, countLines } from './audit.ts';
import type { Check } from './check/check.ts';
import { fail, type Outcome, pass } from './check/outcome.ts';
import type { JudgedAspect } from './line/judge-lines.ts';
import type { AspectId } from './line/lines.ts';
import { type AuditRun, runAudit } from './run-audit.ts';
import { openSubject } from './subject/open-subject.ts';
import { redirectCheck } from './testing/sample-audit.ts';

const lay = repositoryFolders();
const passed = pass('It is so.', [{ text: 'seen' }]);
const failed = fail('It is not so.', [{ text: 'seen' }], 'Mend it.');

function check(id: string, aspect: AspectId, ...outcomes: readonly Outcome[]): Check {
  return { ...redirectCheck, id, aspect, run: () => outcomes };
}

function attested(aspect: AspectId, until: string): Attestation {
  return { aspect, by: 'Head of operations', until, statement: 'It is so.', path: 'a.toml' };
}

async function audit(run: Partial<AuditRun>): Promise<Audit> {
  const subject = openSubject(lay({ 'a.py': '' }).path, { today: '2026-12-01' });
  return runAudit(subject, { version: '0', checks: [], only: [], skip: [], attestations: [], ...run });
}

function aspectIn({ lines }: Audit, id: AspectId): JudgedAspect | undefined {
  return lines.flatMap(({ aspects }) => aspects).find((one) => one.id === id);
}

describe('runAudit', () => {
  it('gives every line a verdict, unknown where nothing was looked at', async () => {
    expect(countLines(await audit({}))).toEqual({ pass: 0, fail: 0, unknown: 21, attested: 0 });
  });

  it('passes a line of which all aspects pass, and no other', async () => {
    const checks = [check('x/redirect', 'https/redirect', passed), check('x/csp', 'csp/policy', passed)];
    const { lines } = await audit({ checks });
    expect(lines.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id)).toEqual(['csp']);
  });

  it('counts what is skipped as unknown', async () => {
    const checks = [check('x/csp', 'csp/policy', passed), check('x/cors', 'cors/origins', failed)];
    const one = await audit({ checks, skip: ['x/cors'] });
    expect(countLines(one)).toMatchObject({ pass: 1, fail: 0, unknown: 20 });
    expect(aspectIn(one, 'cors/origins')?.results[0]?.outcomes).toMatchObject([
      { verdict: 'unknown', summary: 'The check x/cors was left out by --skip x/cors.' },
    ]);
    expect(countLines(await audit({ checks, only: ['cors'] }))).toMatchObject({
      pass: 0,
      fail: 1,
      unknown: 20,
    });
  });

  it('goes on after a check that throws, which is unknown', async () => {
    const broken: Check = {
      ...check('x/csp', 'csp/policy'),
      run: () => {
        throw new RangeError('too deep');
      },
    };
    const rejected: Check = { ...broken, id: 'x/later', run: () => Promise.reject('no') };
    const one = await audit({ checks: [broken, rejected, check('x/cors', 'cors/origins', passed)] });
    expect(aspectIn(one, 'cors/origins')?.verdict).toBe('pass');
    const { verdict, results = [] } = aspectIn(one, 'csp/policy') ?? {};
    expect(verdict).toBe('unknown');
    const said = results.map(({ outcomes: [first] }) => [first?.summary, first?.evidence[0]?.text]);
    expect(said).toEqual([
      ['The check x/csp failed, which is a mistake of Bulwark.', 'RangeError: too deep'],
      ['The check x/later failed, which is a mistake of Bulwark.', 'no'],
    ]);
  });

  it('bounds what a check says, and keeps the worst of it', async () => {
    const many = [...Array<Outcome>(3000).fill(passed), failed];
    const one = await audit({ checks: [check('x/csp', 'csp/policy', ...many)] });
    const { verdict, results = [] } = aspectIn(one, 'csp/policy') ?? {};
    expect(verdict).toBe('fail');
    expect(results[0]?.outcomes).toHaveLength(501);
    expect(results[0]?.outcomes.at(-1)?.summary).toBe(
      '2501 more were left out, of which this is one: It is so.',
    );
  });

  it('takes no verdict without evidence', async () => {
    const one = await audit({ checks: [check('x/csp', 'csp/policy', pass('It is so.', []))] });
    expect(aspectIn(one, 'csp/policy')?.verdict).toBe('unknown');
  });
});

describe('what is attested', () => {
  it('is shown as such, on its last day too, and adds nothing to the score', async () => {
    const one = await audit({ attestations: [attested('training/attested', '2026-12-01')] });
    expect(countLines(one)).toEqual({ pass: 0, fail: 0, unknown: 20, attested: 1 });
  });

  it('is unknown when it has expired', async () => {
    const one = await audit({ attestations: [attested('training/attested', '2026-11-30')] });
    expect(aspectIn(one, 'training/attested')).toMatchObject({
      verdict: 'unknown',
      results: [{ outcomes: [{ summary: 'What Head of operations attested was valid until 2026-11-30.' }] }],
    });
  });

  it('changes nothing of what files pass or fail', async () => {
    for (const until of ['2027-01-31', '2026-01-31']) {
      const attestations = [attested('firewall/egress', until), attested('metadata/blocked', until)];
      const checks = [check('x/a', 'firewall/egress', failed), check('x/b', 'metadata/blocked', passed)];
      const one = await audit({ checks, attestations });
      expect(aspectIn(one, 'firewall/egress')?.verdict).toBe('fail');
      expect(aspectIn(one, 'metadata/blocked')?.verdict).toBe('pass');
    }
  });

  it('does not replace a check that is skipped', async () => {
    const one = await audit({
      checks: [check('x/a', 'firewall/egress', failed)],
      skip: ['firewall'],
      attestations: [attested('firewall/egress', '2027-01-31')],
    });
    expect(aspectIn(one, 'firewall/egress')?.verdict).toBe('unknown');
  });
});
