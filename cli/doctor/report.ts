import { visible } from '../finding/visible.ts';
import type { Diagnosis, Verdict } from './diagnosis.ts';

export interface DoctorResult {
  /** The URL or the folder. */
  readonly target: string;
  readonly diagnoses: readonly Diagnosis[];
}

const order: readonly Verdict[] = ['wrong', 'unknown', 'ok'];
const mostShown = 10;
const longest = 300;

/** The report for a person: what is wrong first. */
export function reportText({ target, diagnoses }: DoctorResult): string {
  const sorted = [...diagnoses].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  const counted = order.map((verdict) => `${countOf(diagnoses, verdict)} ${verdict}`).join(', ');
  return `${[...sorted.map(diagnosisText), `${visible(target)}: ${counted}`].join('\n')}\n`;
}

function diagnosisText({ id, verdict, summary, evidence, why, fix }: Diagnosis): string {
  const seen = evidence.slice(0, mostShown).map((line) => `  seen: ${shown(line)}\n`);
  if (evidence.length > mostShown) seen.push(`  seen: ${evidence.length - mostShown} more\n`);
  const reason = why === undefined ? '' : `  why:  ${why}\n`;
  const lines = fix.map((line) => `  ${verdict === 'wrong' ? 'fix: ' : 'do:  '} ${shown(line)}\n`);
  return `${verdict} ${id}: ${shown(summary)}\n${seen.join('')}${reason}${lines.join('')}`;
}

function shown(text: string): string {
  return visible(text.length > longest ? `${text.slice(0, longest)}...` : text);
}

/** The same for a program: version 1, ASCII. */
export function reportJson(result: DoctorResult): string {
  const counts = Object.fromEntries(order.map((verdict) => [verdict, countOf(result.diagnoses, verdict)]));
  const text = JSON.stringify({ version: 1, ...result, counts }, null, 2);
  return `${text.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** 1 where something is wrong. What is unknown does not fail a build. */
export function exitCodeOf({ diagnoses }: DoctorResult): 0 | 1 {
  return countOf(diagnoses, 'wrong') > 0 ? 1 : 0;
}

function countOf(diagnoses: readonly Diagnosis[], verdict: Verdict): number {
  return diagnoses.filter((one) => one.verdict === verdict).length;
}
