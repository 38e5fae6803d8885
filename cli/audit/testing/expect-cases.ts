import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createFolder } from '../../scan/testing/folder.ts';
import type { Check } from '../check/check.ts';
import type { Outcome } from '../check/outcome.ts';
import { runCheck } from '../check/run-check.ts';
import { type OpenOptions, openSubject } from '../subject/open-subject.ts';
import type { Subject } from '../subject/subject.ts';
import { worst } from '../verdict.ts';
import { type CheckCase, readCheckCases } from './check-cases.ts';
import { recordedHost, recordedSite } from './recorded-site.ts';

/** The day on which all cases are audited. */
export const caseDay = '2026-12-01';

/** The first case of code loads the scanner, which takes long on a busy machine. */
const firstTakes = 120_000;

/**
 * The tests of a group of checks: each case of `<folder>/<name>/check.cases` is laid out in a temporary folder, the check runs on it as
 * the command runs it, and its worst verdict is the expected one. A file `site.yaml` is a running site, and `host.yaml` what this
 * machine can reach: see `recordedSite`.
 *
 * @param folder of the group: `new URL('.', import.meta.url)`
 * @param given what the user of the command names beside the project, whose folder it is told
 */
export function expectCases(checks: readonly Check[], folder: URL, given: Given = () => ({})): void {
  const group = folder.pathname.split('/').filter(Boolean).at(-1) ?? '';
  it(`${group}: ids are unique, and named after their folders`, () => {
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !id.startsWith(`${group}/`))).toEqual([]);
  });
  describe.each(checks)('$id', (check) => {
    const name = check.id.slice(check.id.indexOf('/') + 1);
    const { cases, never } = readCheckCases(readFileSync(new URL(`${name}/check.cases`, folder), 'utf8'));
    it('has a case for each verdict', () => {
      const verdicts = new Set(cases.map(({ expected }) => expected));
      expect(['pass', 'fail', 'unknown'].filter((one) => !verdicts.has(one as 'pass'))).toEqual([
        ...['pass', 'fail', 'unknown'].filter((one) => never.has(one)),
      ]);
    });
    it.each(cases)(`$expected: $title (${name}/check.cases:$line)`, { timeout: firstTakes }, async (one) => {
      await expectCase(check, one, given);
    });
  });
}

type Given = (folder: string) => Pick<OpenOptions, 'advisories' | 'decisions'>;

async function expectCase(check: Check, { expected, files }: CheckCase, given: Given): Promise<void> {
  const folder = createFolder(files);
  try {
    const recorded = files['site.yaml'];
    const host = files['host.yaml'];
    const subject: Subject = Object.assign(
      openSubject(folder.path, { today: caseDay, ...given(folder.path) }),
      recorded !== undefined && { site: recordedSite(recorded) },
      host !== undefined && { host: recordedHost(host) },
    );
    const outcomes = await runCheck(check, subject);
    const verdict = outcomes.length === 0 ? 'none' : worst(outcomes.map((outcome) => outcome.verdict));
    expect({ verdict, outcomes }).toEqual({ verdict: expected, outcomes });
    expect(outcomes.flatMap((outcome) => gapsOf(outcome, subject))).toEqual([]);
  } finally {
    folder.remove();
  }
}

/** What an outcome lacks, in words. */
function gapsOf({ verdict, summary, evidence, fix }: Outcome, subject: Subject): string[] {
  const gaps: string[] = [];
  if (!/^\S[\s\S]*[.!?]$/.test(summary) || summary.includes('\n')) gaps.push(`not one sentence: ${summary}`);
  if (verdict !== 'unknown' && evidence.length === 0) gaps.push(`no evidence: ${summary}`);
  if (verdict !== 'pass' && fix.every(({ text }) => text.trim() === '')) gaps.push(`no fix: ${summary}`);
  if (summary.includes('which is a mistake of Bulwark')) gaps.push(`${summary} ${evidence[0]?.text ?? ''}`);
  for (const { path, line } of evidence) {
    const text = path === undefined ? '' : subject.read(path);
    if (text === undefined) gaps.push(`evidence in ${path}, which cannot be read`);
    else if (line !== undefined && (line < 1 || line > text.split('\n').length))
      gaps.push(`no line ${path}:${line}`);
  }
  return gaps;
}
