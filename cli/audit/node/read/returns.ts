import type { Node } from 'oxc-parser';
import { functionAround, type ModuleFile } from './module-file.ts';

type ReturnNode = Extract<Node, { type: 'ReturnStatement' }>;
type Block = Extract<Node, { type: 'BlockStatement' | 'Program' }>;

const known = new WeakMap<ModuleFile, ReadonlyMap<Node, readonly ReturnNode[]>>();

/** The returns of each function of a file, in the order of the text. */
export function returnsOf(file: ModuleFile): ReadonlyMap<Node, readonly ReturnNode[]> {
  const kept = known.get(file);
  if (kept) return kept;
  const found = new Map<Node, ReturnNode[]>();
  for (const node of file.nodes) {
    if (node.type !== 'ReturnStatement') continue;
    const around = functionAround(file, node);
    const all = found.get(around);
    if (all) all.push(node);
    else found.set(around, [node]);
  }
  known.set(file, found);
  return found;
}

const leaving = new WeakMap<Node, readonly Node[]>();

/** The statements of a block after which its function may have ended. */
export function leavingStatements(file: ModuleFile, block: Block): readonly Node[] {
  const kept = leaving.get(block);
  if (kept) return kept;
  const around = block.type === 'Program' ? block : functionAround(file, block);
  const returns = returnsOf(file).get(around) ?? [];
  const found: Node[] = [];
  let at = 0;
  for (const statement of block.body) {
    while (at < returns.length && (returns[at]?.start ?? 0) < statement.start) at++;
    const next = returns[at];
    if (next && next.end <= statement.end) found.push(statement);
  }
  leaving.set(block, found);
  return found;
}
