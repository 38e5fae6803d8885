import { visible } from '../../finding/visible.ts';
import { defaultAttestations } from '../attest/default-attestations.ts';
import type { Check } from '../check/check.ts';
import type { Evidence, Outcome } from '../check/outcome.ts';
import type { CheckResult, JudgedAspect } from '../line/judge-lines.ts';
import { type Aspect, type AspectId, type Line, lines } from '../line/lines.ts';
import type { Stack } from '../subject/stacks.ts';

const longest = 300;
/** A fix is to be copied whole. */
const longestFix = 4000;

/** Untrusted text on one line, without what steers a terminal, and not longer than a person reads. */
export function shown(text: string, most: number = longest): string {
  const cut = text.length > most ? `${text.slice(0, most)}...` : text;
  return visible(cut.replaceAll('\t', '  '));
}

/** The lines of a fix, of which more than `most` are counted. */
export function fixLines(text: string, most: number): readonly string[] {
  const { first, more } = bounded(text.trimEnd().split('\n'), most);
  // A line that begins with `::`, also after spaces, is a command to a GitHub runner.
  const safe = first.map((line) => shown(line, longestFix).replace(/^(\s*):(?=:)/, '$1\\u{3a}'));
  return [...safe, ...(more > 0 ? [`and ${more} more lines`] : [])];
}

/** `shop/settings.py:12`; empty for evidence without a place. */
function placeOf({ path, line }: Evidence): string {
  if (path === undefined) return '';
  return line === undefined ? shown(path) : `${shown(path)}:${line}`;
}

/** `shop/settings.py:12: DEBUG = True` */
export function evidenceText(evidence: Evidence): string {
  const place = placeOf(evidence);
  if (evidence.text === evidence.path) return place;
  return place === '' ? shown(evidence.text) : `${place}: ${shown(evidence.text)}`;
}

/** The first of a list, and how many there are beside them. */
export function bounded<T>(
  list: readonly T[],
  most: number,
): { readonly first: readonly T[]; readonly more: number } {
  return { first: list.slice(0, most), more: Math.max(0, list.length - most) };
}

/** What the table of the 21 lines says of an aspect. */
export function aspectOf(id: AspectId): Aspect {
  const [line = '', name = ''] = id.split('/');
  const found = (lines as Readonly<Record<string, Line>>)[line]?.aspects[name];
  if (found === undefined) throw new Error(`There is no aspect ${id}.`);
  return found;
}

/** Why an aspect is unknown that no outcome leaves unknown, and what it needs; undefined if an outcome says it. */
export function missingOf({ id, verdict, results }: JudgedAspect): Missing | undefined {
  const isSaid = results.some(
    ({ check, outcomes }) => check.weight !== 'note' && outcomes.some((one) => one.verdict === 'unknown'),
  );
  if (verdict !== 'unknown' || isSaid) return undefined;
  const { passes, mayBeAttested = false } = aspectOf(id);
  const onlyAttested = id.endsWith('/attested');
  const isPart = results.some(({ check }) => check.weight === 'part');
  return {
    reason: onlyAttested
      ? 'Files do not show it, and nobody attests it.'
      : isPart
        ? 'Only a part of it was shown to pass.'
        : 'Nothing was found that shows it.',
    needs: [
      ...(onlyAttested ? [] : [passes]),
      ...(mayBeAttested
        ? [`${onlyAttested ? 'An' : 'Or an'} entry for ${id} in ${defaultAttestations}.`]
        : []),
    ].join(' '),
  };
}

export interface Missing {
  readonly reason: string;
  readonly needs: string;
}

/** The outcomes that a report for a person shows of a check: those that keep the aspect from passing, the worst first. */
export function openOutcomes({ outcomes }: CheckResult): readonly Outcome[] {
  return (['fail', 'unknown'] as const).flatMap((verdict) =>
    outcomes.filter((one) => one.verdict === verdict),
  );
}

/** The names by which other lists know a check: `CWE-614, ASVS 3.3.1, security.W012`. */
export function namesOf({ cwe, asvs, django = [] }: Check): string {
  return [...cwe.map((one) => `CWE-${one}`), ...asvs.map((one) => `ASVS ${one}`), ...django].join(', ');
}

/**
 * The word before an outcome. What decides nothing is a note: it comes from a check that is advice, or a server in front provides what
 * fails here.
 */
export function labelOf({ weight }: Check, verdict: Outcome['verdict'], aspect: JudgedAspect): string {
  return weight === 'note' || (verdict === 'fail' && aspect.verdict !== 'fail') ? 'note' : verdict;
}

/** `django 4.2.16, express`: each framework once, with its versions. */
export function stackNames(stacks: readonly Stack[]): string {
  const names = [...new Set(stacks.map(({ framework }) => framework))].map((framework) => {
    const versions = stacks.flatMap((one) => (one.framework === framework ? (one.version ?? []) : []));
    return [framework, [...new Set(versions)].slice(0, 3).join(' and ')]
      .filter((part) => part !== '')
      .join(' ');
  });
  return shown(names.join(', '));
}
