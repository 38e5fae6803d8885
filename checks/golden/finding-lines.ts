import { createHash } from 'node:crypto';
import { type Finding, type Place, type Step, waysOf } from '../../cli/finding/finding.ts';
import type { Edit } from '../../cli/scan/fix/fix.ts';
import { oneLine } from './one-line.ts';

/** A finding as the snapshot sees it. */
export interface Seen {
  readonly finding: Finding;
  /** Whether a comment hides it. */
  readonly isHidden: boolean;
  readonly fix: SeenFix;
}

/** What the fixer proposes, or why it proposes nothing. */
export interface SeenFix {
  readonly edits: readonly Edit[];
  /** What the reader is told of it. */
  readonly words: string;
  readonly isCertain: boolean;
}

/** Place, rule, severity, confidence, the places of each way of the data, and the edits of the fix. */
export function factsLine({ finding, isHidden, fix }: Seen): string {
  const { place, rule, severity, confidence } = finding;
  const ways = waysOf(finding).map((way) => `< ${way.map((step) => spanFrom(step.place, place)).join(' ')}`);
  const edits = fix.edits.map(({ at, end, text }) => `${at}-${end} ${JSON.stringify(text)}`);
  const parts = [
    `${placeText(place)} ${rule} ${severity}/${confidence}`,
    ...(isHidden ? ['hidden'] : []),
    ...ways,
    ...(edits.length > 0 ? [`${fix.isCertain ? 'fix' : 'suggestion'} ${edits.join(' ')}`] : []),
  ];
  return oneLine(parts.join(' '));
}

/** Where it begins, the message, the sentences of the steps, and marks for the help and for what is said of a fix. */
export function wordsLine({ finding, fix }: Seen): string {
  const { place, message, advice } = finding;
  const ways = waysOf(finding).map((way) => `< ${sentences(way, message)}`);
  const marks = [advice, ...(fix.words === '' ? [] : [fix.words])].map((text) => `[${helpMark(text)}]`);
  return oneLine([`${place.path}:${place.line}:${place.column} ${message}`, ...ways, ...marks].join(' '));
}

/** The last one is `.` where the message ends with it, and what is said several times in a row stands once. */
function sentences(way: readonly Step[], message: string): string {
  const said: { text: string; times: number }[] = [];
  for (const step of way) {
    const text = step === way.at(-1) && message.endsWith(` ${step.message}.`) ? '.' : step.message;
    const last = said.at(-1);
    if (last?.text === text) last.times++;
    else said.push({ text, times: 1 });
  }
  return said.map(({ text, times }) => (times === 1 ? text : `${text} (${times} times)`)).join(' | ');
}

/** Stands for a text that many findings share. */
export function helpMark(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

export function placeText(place: Place): string {
  return `${place.path}:${span(place)}`;
}

/** A place near another one: the path is told only if it differs, and `.` is the other place itself. */
function spanFrom(place: Place, near: Place): string {
  if (place.path !== near.path) return placeText(place);
  return span(place) === span(near) ? '.' : span(place);
}

function span({ line, column, endLine, endColumn }: Place): string {
  return `${line}:${column}-${endLine === line ? '' : `${endLine}:`}${endColumn}`;
}
