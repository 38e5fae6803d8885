import { readFileSync } from 'node:fs';
import { compareText } from '../../finding/finding-order.ts';

/**
 * The findings of a set of cases that no case expects, and that are known: `path of the cases: title | rule path:line`.
 *
 * In `others/<set>.txt`, `# path` begins a file of cases, and each line below it is `title | rule path:line | why`: in a few words
 * where it is plain. A line that is not needed any more is taken out; none is added without a look at the code.
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
