import type { Finding, Place } from '../finding/finding.ts';
import { languages } from '../scan/languages/registry.ts';
import { languageIdOf } from '../scan/project/path-kind.ts';
import { createModuleReader } from '../scan/read-modules.ts';
import { applySuppressions } from '../scan/report/suppression.ts';

export interface SuppressionRequest {
  readonly text: string;
  /** Where the finding is, by the text of now. */
  readonly place: Place;
  readonly rule: string;
  /** The ids of all rules. */
  readonly rules: readonly string[];
}

/** A line to insert in front of another one, which counts from 0. */
export interface InsertedLine {
  readonly line: number;
  readonly text: string;
}

/**
 * The comment that hides a finding, above its line, with the place of the reason left empty: until somebody writes one,
 * it hides nothing. `undefined` where such a comment would not be one, as in the middle of a text over several lines.
 */
export async function suppressionEdit(request: SuppressionRequest): Promise<InsertedLine | undefined> {
  const { text, place, rule } = request;
  const language = languageIdOf(place.path);
  const start = offsetOfLine(text, place.line);
  if (language === undefined || start === undefined) return undefined;
  const [indent = ''] = /^[ \t]*/.exec(text.slice(start)) ?? [];
  const end = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  for (const [open, close] of languages[language].commentsAt(place.path, text, start)) {
    const lineWith = (reason: string): string =>
      `${indent}${open}bulwark-ignore ${rule}:${reason}${close}${end}`;
    const tried = `${text.slice(0, start)}${lineWith(' tried')}${text.slice(start)}`;
    if (await hides(tried, request)) return { line: place.line - 1, text: lineWith('') };
  }
  return undefined;
}

/** Whether the finding, one line lower, is hidden in this text, and nothing in it is broken. */
async function hides(tried: string, { text, place, rule, rules }: SuppressionRequest): Promise<boolean> {
  const { path } = place;
  const language = languageIdOf(path) ?? 'template';
  const read = await createModuleReader([{ path, language, text }]);
  const problems = (of: string): number =>
    read({ path, language, text: of }).reduce((sum, module) => sum + module.problems.length, 0);
  if (problems(tried) > problems(text)) return false;
  const finding: Finding = {
    rule,
    severity: 'low',
    confidence: 'high',
    message: '',
    advice: '',
    place: { ...place, line: place.line + 1, endLine: place.endLine + 1 },
    steps: [],
  };
  const { suppressed } = applySuppressions({
    findings: [finding],
    modules: read({ path, language, text: tried }).filter((module) => module.path === path),
    sources: (of) => (of === path ? tried : undefined),
    rules,
    wants: () => true,
    today: '',
  });
  return suppressed.length > 0;
}

function offsetOfLine(text: string, line: number): number | undefined {
  let start = 0;
  const breaks = /\r\n|\n|\r/g;
  for (let at = 1; at < line; at++) {
    if (!breaks.exec(text)) return undefined;
    start = breaks.lastIndex;
  }
  return start;
}
