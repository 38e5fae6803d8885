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
const most = { rows: 12, characters: 1200 };

export function readAnswer({ type, body }: Shown): Answer {
  if (/json/.test(type)) return { kind: 'text', text: cut(pretty(body)) };
  if (!type.startsWith('text/html')) return { kind: 'text', text: cut(body) };
  const root = parse(body);
  const rows = find(root, 'tr').map((row) =>
    [...find(row, 'th'), ...find(row, 'td')].map((cell) => textOf(cell)),
  );
  const [head, ...others] = rows;
  if (!head) {
    const main = find(root, 'body')[0] ?? root;
    return { kind: 'text', text: cut(textOf(main, new Set(['script', 'style', 'nav', 'form']))) };
  }
  const left = others.length - most.rows;
  const more = left > 0 ? [[`... and ${left} more`, ...head.slice(1).map(() => '')]] : [];
  return { kind: 'table', head, rows: [...others.slice(0, most.rows), ...more] };
}

function find(root: Node, name: string): Node[] {
  const found: Node[] = [];
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.nodeName === name) found.push(node);
    if ('childNodes' in node) waiting.push(...node.childNodes.toReversed());
  }
  return found;
}

/** Blocks start a line of their own. */
const blocks = new Set(['p', 'div', 'h1', 'h2', 'h3', 'article', 'blockquote', 'pre', 'br', 'li']);

function textOf(root: Node, without: ReadonlySet<string> = new Set()): string {
  let text = '';
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (without.has(node.nodeName)) continue;
    if (blocks.has(node.nodeName)) text += '\n';
    if ('value' in node) text += node.value;
    if ('childNodes' in node) waiting.push(...node.childNodes.toReversed());
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
