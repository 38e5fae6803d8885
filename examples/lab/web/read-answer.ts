import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { Shown } from '../attack/attack.ts';

/** What an application answered, as somebody would read it. */
export type Answer =
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'text'; readonly text: string };

type Node = DefaultTreeAdapterTypes.Node;

/** More is cut, and said to be. */
const most = { rows: 12, cells: 12, cell: 200, characters: 1200, parsed: 30_000 };

/** In one pass over the tree, however an attacker nests it. */
export function readAnswer({ type, body }: Shown): Answer {
  if (/json/.test(type)) return { kind: 'text', text: cut(pretty(body)) };
  if (!type.startsWith('text/html')) return { kind: 'text', text: cut(body) };
  const root = parse(body.slice(0, most.parsed));
  const [table] = find(root, 'table', 1);
  if (!table) {
    const [main] = find(root, 'body', 1);
    return {
      kind: 'text',
      text: cut(textOf(main ?? root, new Set(['script', 'style', 'header', 'footer', 'nav', 'form']))),
    };
  }
  // What is nested in a row belongs to it.
  const rows = find(table, 'tr', most.rows + 2).map((row) =>
    childrenOf(row)
      .filter(({ nodeName }) => nodeName === 'td' || nodeName === 'th')
      .slice(0, most.cells)
      .map((cell) => textOf(cell, new Set(['table'])).slice(0, most.cell)),
  );
  const [head = [], ...others] = rows;
  const more = others.length > most.rows ? [['... and more', ...head.slice(1).map(() => '')]] : [];
  return { kind: 'table', head, rows: [...others.slice(0, most.rows), ...more] };
}

const childrenOf = (node: Node): readonly Node[] => ('childNodes' in node ? node.childNodes : []);

/** The outermost elements of a name, `count` at the most. */
function find(root: Node, name: string, count: number): Node[] {
  const found: Node[] = [];
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node && found.length < count; node = waiting.pop()) {
    if (node.nodeName === name && node !== root) found.push(node);
    else for (const child of childrenOf(node).toReversed()) waiting.push(child);
  }
  return found;
}

/** Blocks start a line of their own. */
const blocks = new Set(['p', 'div', 'h1', 'h2', 'h3', 'article', 'blockquote', 'pre', 'br', 'li']);

function textOf(root: Node, without: ReadonlySet<string>): string {
  let text = '';
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (without.has(node.nodeName)) continue;
    if (blocks.has(node.nodeName)) text += '\n';
    if ('value' in node) text += node.value;
    if (text.length > most.parsed) break;
    for (const child of childrenOf(node).toReversed()) waiting.push(child);
  }
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function cut(text: string): string {
  return text.length > most.characters ? `${text.slice(0, most.characters)}\n...` : text;
}
