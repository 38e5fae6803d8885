import type { Tree } from 'web-tree-sitter';
import type { ParseProblem } from '../../../ir/ir.ts';
import { type Grammar, Role } from './grammar.ts';

/**
 * A node of the syntax tree. It is copied out of the parser, because each access to the parser's memory is slow.
 * Punctuation, keywords and comments are left out. An operator that its parent needs is kept, as a node whose kind is the
 * operator and whose offsets are 0. The grammar's field names are left out too: a child is known by its index in
 * `children`.
 */
export interface Node {
  /** The name in the grammar: `call`, `identifier`, `+`. */
  readonly kind: string;
  readonly at: number;
  readonly end: number;
  readonly children: readonly Node[];
}

export interface CopiedTree {
  readonly root: Node;
  /** Start and end offsets of the comments, in one list. */
  readonly comments: readonly number[];
  readonly problems: readonly ParseProblem[];
}

const maxProblems = 50;
const noChildren: readonly Node[] = Object.freeze([]);

/** Copies the whole tree in one walk, without recursion. Leaves out syntax errors, and reports their positions. */
export function copyTree(tree: Tree, text: string, grammar: Grammar): CopiedTree {
  const { cursor } = grammar;
  const hasError = tree.rootNode.hasError;
  const copy: Copy = { text, grammar, hasError, at: cursor.open(tree), comments: [], problems: [] };
  const { at } = copy;
  const kind = grammar.kinds[cursor.kind(at)] ?? 'ERROR';
  const root: Growing = { kind, at: 0, end: text.length, children: [] };
  if (kind === 'ERROR') report(copy, 'syntax error');
  const open: Growing[] = [];
  let parent = root;
  for (let more = cursor.toChild(at); more !== 0; ) {
    const down = enter(copy, parent);
    if (down && cursor.toChild(at) !== 0) {
      open.push(parent);
      parent = down;
      continue;
    }
    more = cursor.toNext(at);
    while (more === 0) {
      const around = open.pop();
      if (!around) break;
      cursor.toParent(at);
      parent = around;
      more = cursor.toNext(at);
    }
  }
  cursor.close(at);
  return { root, comments: copy.comments, problems: copy.problems };
}

interface Copy {
  readonly text: string;
  readonly grammar: Grammar;
  readonly hasError: boolean;
  /** The number of the tree, for the cursor. */
  readonly at: number;
  readonly comments: number[];
  readonly problems: ParseProblem[];
}

interface Growing extends Node {
  readonly children: Node[];
}

/** Adds the cursor's node to `parent`. Returns it if its children must be copied too. */
function enter(copy: Copy, parent: Growing): Growing | undefined {
  const { text, grammar } = copy;
  const { cursor, kinds } = grammar;
  const id = cursor.kind(copy.at);
  const role = grammar.roles[id] ?? Role.error;
  if (copy.hasError && cursor.isMissing(copy.at) === 1) {
    report(copy, `syntax error: ${kinds[id] ?? 'something'} is missing`);
    return undefined;
  }
  if (role === Role.punctuation) return undefined;
  const kind = kinds[id] ?? 'ERROR';
  if (role === Role.operator) {
    if (grammar.keepsOperators.has(parent.kind)) {
      parent.children.push({ kind, at: 0, end: 0, children: noChildren });
    }
    return undefined;
  }
  const at = cursor.start(copy.at);
  const end = cursor.end(copy.at);
  if (role === Role.comment) {
    copy.comments.push(at, end);
    return undefined;
  }
  if (role === Role.error) {
    report(copy, 'syntax error');
    if (!holdsStatements.has(parent.kind)) return undefined;
  }
  const isLeaf = role === Role.leaf || (role === Role.text && !hasParts(text, at));
  if (isLeaf || (kind === 'type' && isPlainType(parent, text, at, end))) {
    parent.children.push({ kind, at, end, children: noChildren });
    return undefined;
  }
  const node: Growing = { kind, at, end, children: [] };
  parent.children.push(node);
  return node;
}

const holdsStatements: ReadonlySet<string> = new Set(['module', 'block', 'ERROR']);

function report({ grammar, at, problems }: Copy, message: string): void {
  if (problems.length < maxProblems) problems.push({ at: grammar.cursor.start(at), message });
}

/** Whether it is an f-string or t-string: a letter f or t before the quote. */
function hasParts(text: string, at: number): boolean {
  for (let i = at; i < at + 3; i++) {
    const letter = text.charCodeAt(i) | 32;
    if (letter === 102 || letter === 116) return true;
    if (letter === 34 || letter === 39) return false;
  }
  return false;
}

/** Types are parsed as text. Only the calls in `Annotated[str, Query()]` and `constr(pattern='...')` are needed as nodes. */
function isPlainType(parent: Node, text: string, at: number, end: number): boolean {
  return parent.kind !== 'type_parameter' && !/Annotated|constr\(/.test(text.slice(at, end));
}
