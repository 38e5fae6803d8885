import type { Finding, RuleInfo } from '../../finding/finding.ts';
import type { Notice } from '../../finding/report.ts';
import { isNamed } from '../rule-choice.ts';
import type { ScanConfig } from './scan-config.ts';

/**
 * Returns a predicate: whether the findings of a rule, given by its id, are summed up in a note instead of reported one by
 * one. This is so for hardening advice, unless the configuration asks to show it, or `only` names the rule or its area.
 */
export function isSummedUp(
  rules: readonly RuleInfo[],
  { hardening, only }: ScanConfig,
): (rule: string) => boolean {
  if (hardening === 'show') return () => false;
  const ids = rules.filter(({ isHardening }) => isHardening).map(({ id }) => id);
  const summed = new Set(ids.filter((id) => !only.some((name) => isNamed(id, name))));
  return (rule) => summed.has(rule);
}

/**
 * The notes that sum up hardening advice: one for each rule, with the number of its findings and the place of the first. A
 * last note says how to see all.
 */
export function hardeningNotices(
  findings: readonly Finding[],
  rules: readonly RuleInfo[],
): readonly Notice[] {
  if (findings.length === 0) return [];
  const notices = rules.flatMap(({ id, title }) => {
    const own = findings.filter(({ rule }) => rule === id);
    const [first] = own;
    return first ? [note(`${id}: ${title}. ${placesOf(own.length)}`, first)] : [];
  });
  return [
    ...notices,
    note('This is advice, and does not count as findings. --hardening reports each place.'),
  ];
}

function placesOf(count: number): string {
  return count === 1 ? 'One place.' : `${count} places, of which this is the first.`;
}

function note(message: string, first?: Finding): Notice {
  const notice: Notice = { code: 'scan/hardening', level: 'note', message };
  return first ? { ...notice, place: first.place } : notice;
}
