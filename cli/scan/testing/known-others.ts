import { readFileSync } from 'node:fs';
import { compareText } from '../../finding/finding-order.ts';

/**
 * The known findings in a set of cases that no case expects: `path of the cases: title | rule path:line`.
 *
 * In `others/<set>.txt`, `# path` starts a file of cases. Each line below it is `title | rule path:line | why`, with `why` in a
 * few words where it is plain. Obsolete lines are removed. Read the code before you add one.
 */
export function namesOfOthers(set: 'own' | 'blind' | 'suite'): readonly string[] {
  return namesIn(readFileSync(new URL(`others/${set}.txt`, import.meta.url), 'utf8'));
}

/** Reads such a list. */
export function namesIn(text: string): readonly string[] {
  const names: string[] = [];
  let cases = '';
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const name = /^(.+? \| [a-z]+\/[a-z-]+ \S+:\d+) \|( .+)?$/.exec(line)?.[1];
    if (line.startsWith('# ')) cases = line.slice(2);
    else if (name === undefined) throw new Error(`This is not a known finding: ${line}`);
    else names.push(`${cases}: ${name}`);
  }
  return names.sort(compareText);
}
