import type { BlockId, ValueId } from '../../../ir/ir.ts';
import { type Code, constant, emit, isTooDeep, readName, textOf, unknown, writeName } from '../parse/code.ts';
import type { Node } from '../parse/tree.ts';
import { lowerCondition } from './lower-condition.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerBlock } from './lower-statement.ts';

/** Lowers `match`. Cases are tested in order; a failed test continues with the next case. */
export function lowerMatch(c: Code, node: Node): void {
  const subjects = node.children.filter((child) => child.kind !== 'block');
  const block = node.children.find((child) => child.kind === 'block');
  const [only] = subjects;
  const subject =
    subjects.length === 1
      ? lowerExpression(c, only)
      : emit(
          c,
          { op: 'list', kind: 'tuple', items: subjects.map((it) => lowerExpression(c, it)), spread: [] },
          node,
        );
  let join = -1;
  for (const clause of block?.children ?? []) {
    if (clause.kind !== 'case_clause') continue;
    const fail: Fail = { block: -1 };
    const patterns = clause.children.filter((child) => child.kind === 'case_pattern');
    if (patterns.length > 1) lowerSequence(c, patterns, subject, fail);
    else lowerPattern(c, patterns[0], subject, fail);
    const guard = clause.children.find((child) => child.kind === 'if_clause');
    if (guard) {
      const yes = c.b.block();
      lowerCondition(c, guard.children[0], yes, failBlock(c, fail));
      c.b.start(yes);
    }
    lowerBlock(
      c,
      clause.children.find((child) => child.kind === 'block'),
    );
    if (!c.b.ended) {
      if (join < 0) join = c.b.block();
      c.b.jump(join);
    }
    // Code after a case that always matches is unreachable.
    if (fail.block < 0) {
      if (join >= 0) c.b.start(join);
      return;
    }
    c.b.start(fail.block);
  }
  if (join < 0) return;
  c.b.jump(join);
  c.b.start(join);
}

/** The target of a failed pattern. The block is made on demand. */
interface Fail {
  block: BlockId;
}

function failBlock(c: Code, fail: Fail): BlockId {
  if (fail.block < 0) fail.block = c.b.block();
  return fail.block;
}

function test(c: Code, value: ValueId, fail: Fail): void {
  const next = c.b.block();
  c.b.branch(value, next, failBlock(c, fail));
  c.b.start(next);
}

function lowerPattern(c: Code, node: Node | undefined, subject: ValueId, fail: Fail): void {
  if (!node) return;
  if (isTooDeep(c, node)) {
    test(c, unknown(c, node), fail);
    return;
  }
  c.depth++;
  const lower = patterns[node.kind] ?? lowerLiteral;
  lower(c, node, subject, fail);
  c.depth--;
}

type Lower = (c: Code, node: Node, subject: ValueId, fail: Fail) => void;

const patterns: { readonly [kind: string]: Lower | undefined } = {
  __proto__: null as never,
  _: () => undefined,
  case_pattern(c, node, subject, fail) {
    for (const part of joinSigns(c, node.children)) lowerPattern(c, part, subject, fail);
  },
  as_pattern(c, node, subject, fail) {
    const [pattern, name] = node.children;
    lowerPattern(c, pattern, subject, fail);
    if (name) writeName(c, textOf(c, name), subject, name);
  },
  dotted_name: lowerNamePattern,
  identifier: lowerNamePattern,
  union_pattern: lowerUnion,
  list_pattern: (c, node, subject, fail) => lowerSequence(c, node.children, subject, fail),
  tuple_pattern(c, node, subject, fail) {
    // `(x)` is x: only a comma, which the tree lacks, makes it a tuple.
    const single = node.children.length === 1 && !textOf(c, node).replace(/\s/g, '').endsWith(',)');
    if (single) lowerPattern(c, node.children[0], subject, fail);
    else lowerSequence(c, node.children, subject, fail);
  },
  splat_pattern(c, node, subject) {
    const name = node.children.find((child) => child.kind === 'identifier');
    if (name && textOf(c, name) !== '_') writeName(c, textOf(c, name), subject, name);
  },
  dict_pattern: lowerMapping,
  class_pattern: lowerClassPattern,
};

/** Joins the two parts of `-1` in a pattern to one, as in an expression. */
function joinSigns(c: Code, parts: readonly Node[]): Node[] {
  const joined: Node[] = [];
  parts.forEach((part, i) => {
    if (part.kind === '|') return;
    const sign = parts[i - 1];
    if (part.kind === '-') return;
    if (sign?.kind !== '-') joined.push(part);
    else joined.push({ kind: 'unary_operator', at: signAt(c, part), end: part.end, children: [sign, part] });
  });
  return joined;
}

function signAt(c: Code, number: Node): number {
  return Math.max(0, c.file.text.lastIndexOf('-', number.at));
}

function lowerNamePattern(c: Code, node: Node, subject: ValueId, fail: Fail): void {
  const name = textOf(c, node).replace(/\s/g, '');
  if (name === '_' || name === '') return;
  if (!name.includes('.')) {
    writeName(c, name, subject, node);
    return;
  }
  const right = readDotted(c, node);
  test(c, emit(c, { op: 'binary', operator: '==', left: subject, right }, node), fail);
}

function readDotted(c: Code, node: Node): ValueId {
  const [first = '', ...path] = textOf(c, node).replace(/\s/g, '').split('.');
  let value = readName(c, first, node);
  for (const name of path) value = emit(c, { op: 'member', object: value, name }, node);
  return value;
}

function lowerLiteral(c: Code, node: Node, subject: ValueId, fail: Fail): void {
  const right = lowerExpression(c, node);
  test(c, emit(c, { op: 'binary', operator: '==', left: subject, right }, node), fail);
}

function lowerUnion(c: Code, node: Node, subject: ValueId, fail: Fail): void {
  const choices = joinSigns(c, node.children);
  const matched = c.b.block();
  for (const [i, choice] of choices.entries()) {
    const next: Fail = i === choices.length - 1 ? fail : { block: -1 };
    lowerPattern(c, choice, subject, next);
    c.b.jump(matched);
    if (next === fail) break;
    if (next.block < 0) break;
    c.b.start(next.block);
  }
  c.b.start(matched);
}

function lowerSequence(c: Code, items: readonly Node[], subject: ValueId, fail: Fail): void {
  test(c, emit(c, { op: 'unknown' }, items[0] ?? noNode), fail);
  const written = c.b.inst(subject);
  // A test of `match (a, b)` is a test of `a` and `b` themselves.
  const parts = written.op === 'list' && written.spread.length === 0 ? written.items : [];
  const ownParts = parts.length === items.length ? parts : [];
  items.forEach((item, i) => {
    const inner = item.kind === 'case_pattern' ? item.children[0] : item;
    if (inner?.kind === 'splat_pattern') {
      lowerPattern(c, inner, subject, fail);
      return;
    }
    const part = ownParts[i] ?? emit(c, { op: 'index', object: subject, key: constant(c, i, item) }, item);
    lowerPattern(c, item, part, fail);
  });
}

const noNode: Node = { kind: '', at: 0, end: 0, children: [] };

function lowerMapping(c: Code, node: Node, subject: ValueId, fail: Fail): void {
  test(c, unknown(c, node), fail);
  const parts = joinSigns(c, node.children);
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (part?.kind === 'splat_pattern') {
      lowerPattern(c, part, subject, fail);
      continue;
    }
    if (!part) continue;
    const key = part.kind === 'dotted_name' ? readDotted(c, part) : lowerExpression(c, part);
    i++;
    const value = emit(c, { op: 'index', object: subject, key }, parts[i] ?? part);
    lowerPattern(c, parts[i], value, fail);
  }
}

function lowerClassPattern(c: Code, node: Node, subject: ValueId, fail: Fail): void {
  const [name, ...parts] = node.children;
  if (!name) return;
  const type = readDotted(c, name);
  const callee = emit(c, { op: 'global', name: 'isinstance' }, node);
  test(c, emit(c, { op: 'call', callee, args: [subject, type] }, node), fail);
  for (const part of parts) {
    const inner = part.kind === 'case_pattern' ? part.children[0] : part;
    if (inner?.kind === 'keyword_pattern' && inner.children[0]) {
      const attribute = textOf(c, inner.children[0]);
      const value = emit(c, { op: 'member', object: subject, name: attribute }, inner);
      lowerPattern(c, joinSigns(c, inner.children)[1], value, fail);
    } else {
      // `str(x)` captures the subject itself. The positional patterns of other classes are unknown.
      lowerPattern(c, part, subject, fail);
    }
  }
}
