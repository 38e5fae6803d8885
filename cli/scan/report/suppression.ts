import type { Confidence, Finding, Place } from '../../finding/finding.ts';
import { inOrder } from '../../finding/finding-order.ts';
import type { Notice, Suppressed } from '../../finding/report.ts';
import { nearest } from '../../nearest.ts';
import type { Module } from '../ir/ir.ts';
import { type SuppressionComment, suppressionComment } from './suppression-comment.ts';

export interface SuppressionInput {
  readonly findings: readonly Finding[];
  readonly modules: readonly Pick<Module, 'path' | 'comments' | 'lines'>[];
  readonly sources: (path: string) => string | undefined;
  /** The ids of all rules. */
  readonly rules: readonly string[];
  /** Whether a rule is enabled. A comment for a disabled rule is not reported as unused. */
  readonly wants: (rule: string) => boolean;
  /** The current date: `2027-01-31`. */
  readonly today: string;
}

export interface SuppressionResult {
  /** The findings that no comment suppresses, and findings about faulty or unused comments. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly notices: readonly Notice[];
}

/**
 * Suppresses a finding if a comment on the line of its sink names its rule. A comment on a line without code also
 * counts for the next line of code. If the sink spans several lines, a comment on any of them counts.
 */
export function applySuppressions(input: SuppressionInput): SuppressionResult {
  const marks = input.modules.flatMap((module) => marksOf(module, input));
  const byLine = new Map<string, Mark[]>();
  for (const mark of marks) for (const line of mark.covers) push(byLine, `${line} ${mark.place.path}`, mark);
  const own: Finding[] = [];
  const suppressed: Suppressed[] = [];
  const used = new Set<Mark>();
  const left = inOrder(input.findings).filter((finding) => {
    const mark = markFor(finding, byLine, input.today);
    if (!mark) return true;
    used.add(mark);
    suppressed.push({ finding, by: 'comment', reason: mark.comment.reason });
    return false;
  });
  const notices: Notice[] = [];
  for (const mark of marks) {
    if (mark.problem !== undefined) own.push(badFinding(mark.place, mark.problem));
    else if (hasEnded(mark, input.today)) notices.push(endedNotice(mark));
    else if (!used.has(mark) && wasLookedFor(mark, input)) own.push(unusedFinding(mark));
  }
  return {
    findings: inOrder([...left, ...own.filter(({ rule }) => input.wants(rule))]),
    suppressed,
    notices,
  };
}

interface Mark {
  readonly place: Place;
  readonly comment: SuppressionComment;
  readonly covers: readonly number[];
  /** The mistake in the comment, if there is one. Such a comment suppresses nothing. */
  readonly problem: string | undefined;
}

const nothing: SuppressionComment = { kind: 'suppression', rules: [], reason: '', until: undefined };
/** The comment must be visible near the finding that it suppresses. */
const mostSpan = 20;
/** Bounds for hostile files. Further comments suppress nothing. */
const mostMarks = 500;
const mostIndent = 500;
const longestComment = 2500;

function marksOf(module: SuppressionInput['modules'][number], { sources, rules }: SuppressionInput): Mark[] {
  const source = sources(module.path) ?? '';
  const found = [...writtenIn(module, rules)];
  const alone = new Set(
    found.filter(({ place }) => isAlone(place, module.lines, source)).map(({ place }) => place.line),
  );
  return found.map((mark) => ({ ...mark, covers: coveredBy(mark.place.line, alone, module.lines, source) }));
}

/** Suppression comments, line by line. */
function* writtenIn(
  { path, comments, lines }: SuppressionInput['modules'][number],
  rules: readonly string[],
): Generator<Omit<Mark, 'covers'>> {
  let count = 0;
  for (const { at, text } of comments) {
    for (const [index, written] of text.split(/\r\n|\n|\r/).entries()) {
      const comment = suppressionComment(written);
      if (!comment) continue;
      count++;
      if (count > mostMarks) return;
      const line = lineAt(lines, at) + index;
      const column = index === 0 ? at - (lines[line - 1] ?? 0) + 1 : 1;
      const place = { path, line, column, endLine: line, endColumn: column + written.trimEnd().length };
      if (comment.kind === 'bad') yield { place, comment: nothing, problem: comment.problem };
      else yield { place, comment, problem: unknownRule(comment, rules) };
    }
  }
}

/** The line of a comment. If it has no code, also the next line of code. */
function coveredBy(
  line: number,
  alone: ReadonlySet<number>,
  starts: readonly number[],
  source: string,
): number[] {
  if (!alone.has(line)) return [line];
  let next = line + 1;
  while (next < line + mostSpan && (alone.has(next) || isNoCode(next, starts, source))) next++;
  return [line, next];
}

/** Whether a line has only delimiters that close a comment. */
function isNoCode(line: number, starts: readonly number[], source: string): boolean {
  return line <= starts.length && /^[\s*/>#%}-]*$/.test(textOf(line, starts, source));
}

/** Whether a comment has its lines to itself. */
function isAlone({ line, column }: Place, starts: readonly number[], source: string): boolean {
  if (column > mostIndent) return false;
  const text = textOf(line, starts, source).slice(0, mostIndent + longestComment);
  const [, behind = ''] = /(?:\*\/|-->|#\}|endcomment *%\}|%>|\}\})(.*)/s.exec(text.slice(column - 1)) ?? [];
  return /^[\s/*#<!{%-]*$/.test(text.slice(0, column - 1)) && /^[\s}]*$/.test(behind);
}

function textOf(line: number, starts: readonly number[], source: string): string {
  return source.slice(starts[line - 1] ?? source.length, starts[line] ?? source.length);
}

function lineAt(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}

function markFor(finding: Finding, byLine: ReadonlyMap<string, Mark[]>, today: string): Mark | undefined {
  const { path, line, endLine } = finding.place;
  for (let at = line; at <= Math.min(endLine, line + mostSpan); at++) {
    const mark = byLine.get(`${at} ${path}`)?.find((one) => {
      const isNear = at === line || one.place.line === at;
      return isNear && one.problem === undefined && !hasEnded(one, today) && names(one, finding.rule);
    });
    if (mark) return mark;
  }
  return undefined;
}

function names({ comment }: Mark, rule: string): boolean {
  if (rule.startsWith('scan/')) return false;
  return comment.rules.some(
    (one) => one === rule || (one.endsWith('/*') && rule.startsWith(one.slice(0, -1))),
  );
}

function unknownRule({ rules: named }: SuppressionComment, rules: readonly string[]): string | undefined {
  const known = (one: string): boolean =>
    one.endsWith('/*') ? rules.some((rule) => rule.startsWith(one.slice(0, -1))) : rules.includes(one);
  const unknown = named.find((one) => !known(one));
  if (unknown === undefined) return undefined;
  const [close] = nearest(unknown, rules);
  return `There is no rule ${unknown}${close === undefined ? '' : `; the closest is ${close}`}`;
}

function hasEnded({ comment }: Mark, today: string): boolean {
  return comment.until !== undefined && comment.until < today;
}

function wasLookedFor(mark: Mark, { rules, wants }: SuppressionInput): boolean {
  return rules.filter((rule) => names(mark, rule)).every((rule) => wants(rule));
}

function badFinding(place: Place, problem: string): Finding {
  const message = `This comment hides nothing. ${problem}.`;
  return about(
    place,
    'scan/bad-suppression',
    message,
    'Write `bulwark-ignore area/rule: why it is right here`.',
  );
}

function unusedFinding({ place, comment }: Mark): Finding {
  const message = `This comment hides no finding of ${comment.rules.join(', ')}.`;
  return about(place, 'scan/unused-suppression', message, 'Delete the comment.');
}

function about(place: Place, rule: string, message: string, advice: string): Finding {
  const confidence: Confidence = 'high';
  return { rule, severity: 'low', confidence, message, advice, place, steps: [] };
}

function endedNotice({ place, comment }: Mark): Notice {
  const message = `This comment hid ${comment.rules.join(', ')} until ${comment.until}, and has expired.`;
  return { code: 'scan/ended-suppression', level: 'warning', message, place };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
