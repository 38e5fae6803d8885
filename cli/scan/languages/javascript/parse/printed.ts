import { printIr } from '../../../ir/print-ir.ts';
import { verifyIr } from '../../../ir/verify-ir.ts';
import { readJavascript } from './read-javascript.ts';

/**
 * Lowers a source text and prints the result with `printIr`. Throws if the text has syntax errors or the result is invalid.
 * For tests.
 */
export function printed(text: string, path = 'a.ts'): string {
  const module = readJavascript(path, text);
  const problems = [...module.problems.map((it) => it.message), ...verifyIr(module)];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return `\n${printIr(module)}`;
}
