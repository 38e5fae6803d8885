import type { TextReport } from '../kit/rule.ts';
import { fillers, joinedName, unseenRun } from './characters.ts';

/** Longer lines are not searched for names, as most of them are data. */
const maxLine = 2000;

/** Calls that run a text as code. */
const running = /\b(?:eval|exec|Function|_compile|runIn(?:This|New)?Context|execSync)\s*\(/;

/** Reports runs of invisible characters, in which code or data for the program can be hidden. */
export function readRuns(text: string, isQuiet: boolean, max: number): TextReport[] {
  const reports: TextReport[] = [];
  const isRun = running.test(text);
  for (const { 0: run, index } of text.matchAll(unseenRun)) {
    if (reports.length >= max) break;
    reports.push({
      message: `${[...run].length} invisible characters in a row can hide code or data.`,
      // A folder of translations can hide a payload too.
      confidence: isRun ? (isQuiet ? 'medium' : 'high') : isQuiet ? 'low' : 'medium',
      at: index,
      end: index + run.length,
    });
  }
  return reports;
}

/**
 * Reports the first name in a line of code that is invisible, or that looks like another name. Undefined if there is none.
 */
export function readNames(line: string, at: number, isQuiet: boolean): TextReport | undefined {
  if (line.length > maxLine) return undefined;
  for (const { 0: run, index } of line.matchAll(fillers)) {
    const before = line.slice(0, index).trimEnd();
    const after = line.slice(index + run.length).trimStart();
    const isName = /(?:[,{([.;=]|\b(?:const|let|var|def|for|in|of|return|as|import))$/.test(before);
    if (isName && /^(?:[=,})\].;:([]|in\b|of\b|$)/.test(after) && isCode(before))
      return named('This name is invisible.', 'high', index, run.length);
  }
  for (const { 0: name, index } of line.matchAll(joinedName))
    if (isCode(line.slice(0, index)))
      return named('This name contains invisible characters.', 'medium', index, name.length);
  return undefined;

  function named(
    message: string,
    confidence: TextReport['confidence'],
    index: number,
    length: number,
  ): TextReport {
    return { message, confidence: isQuiet ? 'low' : confidence, at: at + index, end: at + index + length };
  }
}

/** Whether the code after this text is in no literal and no comment, judged by its line. */
function isCode(before: string): boolean {
  if (/\/\/|\/\*|^\s*\*|#|<!--|>[^<>]*$/.test(before)) return false;
  return ['"', "'", '`'].every((quote) => before.split(quote).length % 2 === 1);
}
