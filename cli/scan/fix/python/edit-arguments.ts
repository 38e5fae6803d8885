import type { Edit } from '../fix.ts';
import type { PythonFile, PythonNode } from './python-file.ts';

/** Removes an argument and the comma before it. For the first argument, removes the comma after it instead. */
export function withoutArgument(file: PythonFile, argument: PythonNode): Edit {
  const before = /,\s*$/.exec(file.text.slice(0, argument.at));
  if (before) return { at: before.index, end: argument.end, text: '' };
  const after = /^\s*,\s*/.exec(file.text.slice(argument.end));
  return { at: argument.at, end: argument.end + (after?.[0].length ?? 0), text: '' };
}

/** Adds an argument after the last one. A trailing comma stays. */
export function withArgument(file: PythonFile, list: PythonNode, code: string): Edit {
  const last = list.children.filter(({ isNamed, kind }) => isNamed && kind !== 'comment').at(-1);
  if (!last) return { at: list.at + 1, end: list.at + 1, text: code };
  const line = file.text.slice(file.text.lastIndexOf('\n', last.at - 1) + 1, last.at);
  const isOnOwnLine = line.trim() === '' && last.at > list.at + 1;
  return { at: last.end, end: last.end, text: isOnOwnLine ? `,${newline(file)}${line}${code}` : `, ${code}` };
}

export function newline({ text }: PythonFile): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The range of a statement, or of its whole lines if they contain nothing else. */
export function wholeLines(
  { text }: PythonFile,
  { at, end }: PythonNode,
): { readonly at: number; readonly end: number } {
  const before = text.lastIndexOf('\n', at - 1) + 1;
  const after = /^[ \t]*\r?\n/.exec(text.slice(end));
  if (text.slice(before, at).trim() !== '' || !after) return { at, end };
  return { at: before, end: end + after[0].length };
}
