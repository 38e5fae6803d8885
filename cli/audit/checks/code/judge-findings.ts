import type { Finding } from '../../../finding/finding.ts';
import type { CodeView } from '../../../scan/code-view.ts';
import { isTestPath } from '../../../scan/project/path-purpose.ts';
import { type Evidence, type Fix, fail, type Outcome, unknown } from '../../check/outcome.ts';

const mostEvidence = 10;

/**
 * What findings of these rules say. One that a comment hides counts as it was found, unless the comment has a reason and a date: then it
 * is a doubt. Tests, examples and documentation are not production.
 */
export function judgeFindings(view: CodeView, rules: readonly RegExp[], what: string): Outcome | undefined {
  const found = view.findings.filter(
    ({ rule, place }) => rules.some((one) => one.test(rule)) && !isTestPath(place.path),
  );
  const sure = found.filter((one) => one.confidence !== 'low' && !isAccepted(view, one));
  if (sure.length > 0)
    return fail(`${what}: ${countOf(sure.length, 'place')}.`, evidenceOf(view, sure), fixesOf(sure));
  if (found.length === 0) return undefined;
  const accepted = found.filter((one) => isAccepted(view, one));
  const summary =
    accepted.length > 0
      ? `${what}: ${countOf(accepted.length, 'finding')} of the scanner, accepted by a comment until a date.`
      : `${what}, perhaps: ${countOf(found.length, 'finding')} of low confidence.`;
  return unknown(summary, fixesOf(found), evidenceOf(view, found));
}

function isAccepted({ suppressed }: CodeView, finding: Finding): boolean {
  return suppressed.some(
    (one) => one.finding === finding && one.reason.trim() !== '' && one.until !== undefined,
  );
}

function evidenceOf({ suppressed }: CodeView, findings: readonly Finding[]): readonly Evidence[] {
  return findings.slice(0, mostEvidence).map((finding) => {
    const hidden = suppressed.find((one) => one.finding === finding);
    const said = hidden
      ? ` A comment hides it${hidden.until === undefined ? '' : ` until ${hidden.until}`}: ${hidden.reason}`
      : '';
    return {
      text: `${finding.rule}: ${finding.message}${said}`,
      path: finding.place.path,
      line: finding.place.line,
    };
  });
}

/** What the rules advise, once each. */
function fixesOf(findings: readonly Finding[]): readonly Fix[] {
  const texts = new Set(findings.map(({ advice }) => advice));
  const command: Fix = { kind: 'command', text: 'npx --no-install bulwark scan --fix' };
  return [...[...texts].slice(0, 3).map((text): Fix => ({ kind: 'text', text })), command];
}

export function countOf(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
