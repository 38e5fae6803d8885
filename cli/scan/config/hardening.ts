import type { Finding, RuleInfo } from '../../finding/finding.ts';
import type { Notice } from '../../finding/report.ts';
import { isNamed } from '../rule-choice.ts';
import type { ScanConfig } from './scan-config.ts';

/**
 * Whether a rule's findings are summed up, and neither reported one by one nor counted. That holds for hardening advice, unless
 * the configuration asks for it, or `only` names the rule or its area.
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

/** A note for each rule of hardening advice, with its number of findings and the first of them, and a note that says how to see all. */
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
