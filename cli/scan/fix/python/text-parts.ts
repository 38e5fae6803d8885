import { type Hole, type Letters, type Literal, readLetters, type TextPart } from '../text-part.ts';
import {
  argumentsOf,
  childOf,
  namedChildren,
  type PythonFile,
  type PythonNode,
  source,
} from './python-file.ts';

/** The parts of a string that an expression builds. */
export interface BuiltParts {
  readonly parts: readonly TextPart[];
  /** The range of the operator and its values (`% (a, b)`, `.format(a)`), which is removed once all holes are bound. */
  readonly tail: { readonly at: number; readonly end: number } | undefined;
}

/**
 * The parts of the string that an expression builds. It may be a string literal, an f-string, a chain of `+`, or a use of
 * `%` or `format`. Undefined for any other expression, and for unusual formats or escapes.
 */
export function textParts(file: PythonFile, node: PythonNode): BuiltParts | undefined {
  if (isText(node)) return withoutTail(ofStrings(file, node));
  if (node.kind === 'call') return ofFormat(file, node);
  if (node.kind !== 'binary_operator') return undefined;
  const operator = childOf(node, 'operator')?.kind;
  if (operator === '%') return ofPercent(file, node);
  return operator === '+' ? withoutTail(ofSum(file, node)) : undefined;
}

function withoutTail(parts: TextPart[] | undefined): BuiltParts | undefined {
  return parts && { parts, tail: undefined };
}

function isText(node: PythonNode | undefined): boolean {
  return node?.kind === 'string' || node?.kind === 'concatenated_string';
}

function ofSum(file: PythonFile, node: PythonNode): TextPart[] | undefined {
  const operands: PythonNode[] = [];
  let at: PythonNode | undefined = node;
  while (at?.kind === 'binary_operator' && childOf(at, 'operator')?.kind === '+') {
    operands.unshift(childOf(at, 'right') as PythonNode);
    at = childOf(at, 'left');
  }
  if (at) operands.unshift(at);
  if (!operands.slice(0, 2).some(isText)) return undefined;
  const parts: TextPart[] = [];
  let last = node.at;
  for (const operand of operands) {
    if (!/^\s*\+?\s*$/.test(file.text.slice(last, operand.at))) return undefined;
    last = operand.end;
    if (!isText(operand)) {
      parts.push({
        kind: 'hole',
        ...innerRange(operand),
        outerAt: operand.at,
        outerEnd: operand.end,
        literal: undefined,
      });
      continue;
    }
    const inner = ofStrings(file, operand);
    if (!inner) return undefined;
    parts.push(...inner);
  }
  return parts;
}

/** The range of the expression without its parentheses. */
function innerRange(node: PythonNode): { at: number; end: number } {
  const [inner] = node.kind === 'parenthesized_expression' ? namedChildren(node) : [];
  return inner ? innerRange(inner) : { at: node.at, end: node.end };
}

/** The parts of a string, or of several adjacent ones, which are one text. */
function ofStrings(file: PythonFile, node: PythonNode): TextPart[] | undefined {
  const strings = node.kind === 'concatenated_string' ? namedChildren(node) : [node];
  const parts: TextPart[] = [];
  for (const string of strings) {
    const own = ofString(file, string);
    if (!own) return undefined;
    parts.push(...own);
  }
  return parts;
}

function ofString(file: PythonFile, node: PythonNode): TextPart[] | undefined {
  const start = node.children.find(({ kind }) => kind === 'string_start');
  const end = node.children.find(({ kind }) => kind === 'string_end');
  if (!start || !end) return undefined;
  const [, prefix = '', quote = ''] = /^(\w*)(.*)$/.exec(source(file, start)) ?? [];
  if (/[bt]/i.test(prefix)) return undefined;
  const literal: Literal = { at: node.at, end: node.end, prefix, quote };
  const isFormatted = /f/i.test(prefix);
  const parts: TextPart[] = [];
  let at = start.end;
  for (const hole of node.children.filter(({ kind }) => kind === 'interpolation')) {
    const letters = lettersOf(file, at, hole.at, literal);
    const expression = childOf(hole, 'expression');
    if (!letters || !expression || !/^\{\s*$/.test(file.text.slice(hole.at, expression.at))) return undefined;
    // `{x!r}`, `{x:>5}` and `{x=}` are more than the value.
    if (!/^\s*\}$/.test(file.text.slice(expression.end, hole.end))) return undefined;
    parts.push(letters, {
      kind: 'hole',
      ...innerRange(expression),
      outerAt: hole.at,
      outerEnd: hole.end,
      literal,
    });
    at = hole.end;
  }
  const last = lettersOf(file, at, end.at, literal);
  if (!last) return undefined;
  parts.push(last);
  // `{{` is one brace, so it would need another spelling.
  if (isFormatted && parts.some((part) => part.kind === 'letters' && /[{}]/.test(part.text)))
    return undefined;
  return parts;
}

function lettersOf(file: PythonFile, at: number, end: number, literal: Literal): Letters | undefined {
  if (/r/i.test(literal.prefix) && file.text.slice(at, end).includes('\\')) return undefined;
  const read = readLetters(file.text, at, end, escapes);
  return read && { kind: 'letters', ...read, literal };
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['"', '"'],
  ['\\', '\\'],
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['\n', ''],
]);

/** `"... %s ..." % x`, `% (x, y)` */
function ofPercent(file: PythonFile, node: PythonNode): BuiltParts | undefined {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right || !isText(left)) return undefined;
  if (/dictionary|conditional|list_splat/.test(right.kind)) return undefined;
  const values = right.kind === 'tuple' ? namedChildren(right) : [right];
  if (right.kind !== 'tuple' && !isOneValue(right)) return undefined;
  const parts = fill(ofStrings(file, left), /%(?:([sd])|(%))/g, /%/, values);
  return parts && { parts, tail: { at: left.end, end: node.end } };
}

/** With `%`, a name may be a tuple of several values. A single placeholder needs a single value. */
function isOneValue(node: PythonNode): boolean {
  return /^(?:identifier|attribute|subscript|call|string|binary_operator|parenthesized_expression)$/.test(
    node.kind,
  );
}

/** `"... {} ...".format(x)`, with `{0}` and `{name}` too. */
function ofFormat(file: PythonFile, node: PythonNode): BuiltParts | undefined {
  const called = childOf(node, 'function');
  const object = childOf(called, 'object');
  const name = childOf(called, 'attribute');
  const given = argumentsOf(file, node);
  if (!object || !isText(object) || !name || source(file, name) !== 'format' || !given) return undefined;
  const named = new Map([...given.keywords].map(([key, value]) => [key, childOf(value, 'value')]));
  let next = 0;
  const parts = fill(ofStrings(file, object), /\{(\w*)\}/g, /[{}]/, (key) =>
    key === ''
      ? given.positional[next++]
      : /^\d+$/.test(key)
        ? given.positional[Number(key)]
        : named.get(key),
  );
  return parts && { parts, tail: { at: object.end, end: node.end } };
}

/** Puts holes in place of the matches of `sign`. Undefined if `other` matches in the rest, or if a value is missing or unused. */
function fill(
  parts: readonly TextPart[] | undefined,
  sign: RegExp,
  other: RegExp,
  values: readonly PythonNode[] | ((key: string) => PythonNode | undefined),
): TextPart[] | undefined {
  if (!parts) return undefined;
  const filled: TextPart[] = [];
  let next = 0;
  for (const part of parts) {
    // Formatted twice: as an f-string and by the operator.
    if (part.kind === 'hole') return undefined;
    let from = 0;
    for (const found of part.text.matchAll(sign)) {
      const value = typeof values === 'function' ? values(found[1] ?? '') : values[next++];
      const end = found.index + found[0].length;
      if (!value || found[2]) return undefined;
      filled.push(slice(part, from, found.index), holeFor(value, part, found.index, end));
      from = end;
    }
    filled.push(slice(part, from, part.text.length));
  }
  if (filled.some((part) => part.kind === 'letters' && other.test(part.text))) return undefined;
  return typeof values === 'function' || next === values.length ? filled : undefined;
}

function slice(part: Letters, from: number, to: number): Letters {
  return { ...part, text: part.text.slice(from, to), offsets: part.offsets.slice(from, to + 1) };
}

function holeFor(value: PythonNode, part: Letters, from: number, to: number): Hole {
  const outerAt = part.offsets[from] as number;
  const outerEnd = part.offsets[to] as number;
  return { kind: 'hole', ...innerRange(value), outerAt, outerEnd, literal: part.literal };
}
