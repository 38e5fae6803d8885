import { blocks } from './content-model.ts';

const list = (names: string): ReadonlySet<string> => new Set(names.split(' '));
const cells = list('td th');
const bodies = list('tbody thead tfoot');
const frame = list('tr tbody thead tfoot');
const frameEnds = list('table tr tbody thead tfoot');
const endsBeforeAny = list('p li dd dt');

/** End tags before which the parser closes what may be left open (HTML standard, "generate implied end tags"). */
const closing = list(
  'address article aside blockquote center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup li ' +
    'main nav ol pre search section summary table tbody td tfoot th thead tr ul',
);

/** How many of the open elements a start tag closes first, where their end tags may be left out. */
export function closedByStart(tag: string, open: readonly string[]): number {
  let count = 0;
  for (let i = open.length - 1; i >= 0; i--, count++) {
    const top = open[i] as string;
    if (top === 'p') {
      if (!blocks.has(tag) && !frame.has(tag) && !cells.has(tag)) return count;
    } else if (cells.has(top)) {
      if (cells.has(tag)) return count + 1;
      if (!frame.has(tag)) return count;
    } else if (top === 'tr') {
      if (tag === 'tr') return count + 1;
      if (!bodies.has(tag)) return count;
    } else if (bodies.has(top)) return bodies.has(tag) ? count + 1 : count;
    else if (top === 'li') return tag === 'li' ? count + 1 : count;
    else if (top === 'dd' || top === 'dt') return tag === 'dd' || tag === 'dt' ? count + 1 : count;
    else return count;
  }
  return count;
}

/** The elements that the parser opens in front of a part of a table. */
export function impliedBefore(tag: string, parent: string | undefined): readonly string[] {
  if (tag === 'tr') return parent === 'table' ? ['tbody'] : [];
  if (!cells.has(tag)) return [];
  if (parent === 'table') return ['tbody', 'tr'];
  return parent !== undefined && bodies.has(parent) ? ['tr'] : [];
}

/** How many open elements an end tag closes, its own included; 0 where only the parser can tell. */
export function closedByEnd(tag: string, open: readonly string[]): number {
  if (open[open.length - 1] === tag) return 1;
  if (!closing.has(tag)) return 0;
  for (let i = open.length - 1; i >= 0; i--) {
    const top = open[i] as string;
    if (top === tag) return open.length - i;
    if (endsBeforeAny.has(top)) continue;
    if (!frameEnds.has(tag) || !(cells.has(top) || frame.has(top))) return 0;
  }
  return 0;
}
