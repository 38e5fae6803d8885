import type { Mistake } from '../database/mistake.ts';

/**
 * What is wrong with the text of a statement, by the server's sentence. Each sentence is written anew from the name in
 * it, as the server's holds more than that.
 */
export function mistakeIn(errno: number, message: string): Mistake | undefined {
  const near = errno === 1064 ? syntax.exec(message)?.[1] : undefined;
  if (near !== undefined) {
    const says = near === '' ? 'There is a syntax error at its end.' : 'There is a syntax error.';
    return { says, quotes: near === '' ? [] : [near], near };
  }
  const [what, pattern] = sentences[errno] ?? [];
  const name = pattern?.exec(message)?.[1];
  if (what === undefined || name === undefined) return undefined;
  return { says: what.replace('?', name), quotes: [name] };
}

const syntax = / near '([\s\S]*)' at line \d+$/;

const sentences: Readonly<Record<number, readonly [says: string, pattern: RegExp]>> = {
  1051: ["Unknown table '?'.", /^Unknown table '(?:[^'.]*\.)?([^'.]+)'$/],
  1052: ["Column '?' is ambiguous.", /^Column '([^']+)' in /],
  1054: ["Unknown column '?'.", /^Unknown column '([^']+)' in /],
  1109: ["Unknown table '?'.", /^Unknown table '([^']+)' in /],
  1146: ["Table '?' does not exist.", /^Table '(?:[^'.]*\.)?([^'.]+)' doesn't exist/],
  1305: [
    "Function or procedure '?' does not exist.",
    /^(?:FUNCTION|PROCEDURE) (?:[^.\s]*\.)?([^.\s]+) does not exist/,
  ],
  1582: [
    "Function '?' has a wrong number of arguments.",
    /^Incorrect parameter count in the call to native function '([^']+)'/,
  ],
  1630: ["Function '?' does not exist.", /^FUNCTION (?:[^.\s]*\.)?([^.\s]+) does not exist/],
};
