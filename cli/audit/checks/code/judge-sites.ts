import type { CodeView, Site, SiteKind } from '../../../scan/code-view.ts';
import { answersNotFollowed } from '../../../scan/inventory/answer/answers-not-followed.ts';
import { type Evidence, type Outcome, pass, unknown } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { countOf, judgeFindings } from './judge-findings.ts';

/** What a check of places asks. */
export interface SiteQuestion {
  readonly kind: SiteKind;
  /** Rules of which a finding fails it. */
  readonly rules: readonly RegExp[];
  /** What such a finding shows, without a full stop: `Untrusted input reaches the text of a query`. */
  readonly what: string;
  /** `sends a query`, and of many `send a query`. */
  readonly does: string;
  readonly do: string;
  /** What is true of a place that is resolved, of many: `are constant, bound or of a fixed list`. */
  readonly isRight: string;
  /** How an unresolved place is mended. */
  readonly fix: string;
}

const mostEvidence = 10;

/** Fails on findings, passes if each place is resolved and all code was read, and is unknown otherwise. */
export function judgeSites(subject: Subject, view: CodeView, asked: SiteQuestion): Outcome {
  const sites = view.sites.filter(({ kind }) => kind === asked.kind);
  const found = judgeFindings(view, asked.rules, asked.what);
  if (found) return { ...found, evidence: [...found.evidence, ...countsOf(sites, asked)] };
  const open = sites.filter(({ state }) => state === 'unresolved');
  if (open.length > 0)
    return unknown(
      `${open.length} of ${countOf(sites.length, 'place')} that ${sites.length === 1 ? asked.does : asked.do} could not be resolved.`,
      asked.fix,
      [...countsOf(sites, asked), ...evidenceOf(open)],
    );
  const gaps = gapsOf(subject, view);
  if (gaps.length > 0)
    return unknown(
      `Not all code was read, so that a place that ${asked.does} may be missing from the list.`,
      'Make these files readable for the scanner, or have somebody look at them and attest the line.',
      [...gaps, ...countsOf(sites, asked)],
    );
  if (sites.length === 0)
    return pass(`All ${countOf(view.files, 'file')} of code were read, and no place ${asked.does}.`, [
      { text: `${countOf(view.files, 'file')} read, 0 places` },
    ]);
  return pass(
    sites.length === 1
      ? `The one place that ${asked.does} is resolved.`
      : `All ${sites.length} places that ${asked.do} ${asked.isRight}.`,
    [...countsOf(sites, asked), ...evidenceOf(sites)],
  );
}

/** What was not read. */
export function gapsOf(subject: Subject, view: CodeView): readonly Evidence[] {
  const gaps = [...subject.gaps, ...view.gaps.filter((gap) => !gap.startsWith(answersNotFollowed))];
  return [...new Set(gaps)].slice(0, mostEvidence).map((text) => ({ text }));
}

function countsOf(sites: readonly Site[], asked: SiteQuestion): readonly Evidence[] {
  if (sites.length === 0) return [];
  const counts = (['constant', 'bound', 'allow-listed', 'unresolved'] as const)
    .map((state) => [state, sites.filter((site) => site.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  return [
    {
      text: `${countOf(sites.length, 'place')} that ${sites.length === 1 ? asked.does : asked.do}: ${counts.join(', ')}`,
    },
  ];
}

function evidenceOf(sites: readonly Site[]): readonly Evidence[] {
  const shown = sites.slice(0, mostEvidence).map(
    ({ call, state, because, place }): Evidence => ({
      text: `${call}: ${state}, ${because}`,
      path: place.path,
      line: place.line,
    }),
  );
  return sites.length > mostEvidence
    ? [...shown, { text: `and ${sites.length - mostEvidence} more` }]
    : shown;
}
