import type { Node } from 'oxc-parser';
import { unwrap } from '../../languages/javascript/parse/syntax.ts';
import { type Letters, type Literal, readLetters, type TextPart } from '../text-part.ts';
import type { JavascriptFile } from './javascript-file.ts';

/**
 * The parts of the string that a literal, a template literal or a chain of `+` builds. Undefined for any other expression,
 * if parentheses or comments stand between the parts, and if a literal has an unusual escape.
 */
export function textParts(file: JavascriptFile, node: Node): TextPart[] | undefined {
  if (node.type === 'TemplateLiteral') return ofTemplate(file, node);
  if (node.type === 'Literal' && typeof node.value === 'string') return ofString(file, node);
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  const operands = operandsOf(node);
  if (!operands.slice(0, 2).some(isText)) return undefined;
  const parts: TextPart[] = [];
  let last = node.start;
  for (const operand of operands) {
    const { start, end } = isText(operand) ? operand : withParentheses(file, operand, node);
    if (!/^\s*\+?\s*$/.test(file.text.slice(last, start))) return undefined;
    last = end;
    if (operand.type === 'SequenceExpression') return undefined;
    if (!isText(operand)) {
      const { start: at, end: until } = operand;
      parts.push({ kind: 'hole', at, end: until, outerAt: start, outerEnd: end, literal: undefined });
      continue;
    }
    const inner = textParts(file, operand);
    if (!inner) return undefined;
    parts.push(...inner);
  }
  return parts;
}

function operandsOf(node: Node): Node[] {
  const operands: Node[] = [];
  let at = node;
  while (at.type === 'BinaryExpression' && at.operator === '+') {
    operands.unshift(at.right);
    at = at.left;
  }
  operands.unshift(at);
  return operands;
}

function isText(node: Node): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

/** The range of an operand with its parentheses, which are not in the tree. */
function withParentheses(
  file: JavascriptFile,
  { start, end }: Node,
  around: Node,
): { start: number; end: number } {
  const before = /\(\s*$/.exec(file.text.slice(around.start, start));
  const after = /^\s*\)/.exec(file.text.slice(end, around.end + 1));
  if (!before || !after || end + after[0].length > around.end + 1) return { start, end };
  return { start: around.start + before.index, end: end + after[0].length };
}

function ofTemplate(
  file: JavascriptFile,
  node: Extract<Node, { type: 'TemplateLiteral' }>,
): TextPart[] | undefined {
  const literal: Literal = { at: node.start, end: node.end, quote: '`', prefix: '' };
  const parts: TextPart[] = [];
  let at = node.start + 1;
  for (const expression of [...node.expressions, undefined]) {
    const end = expression ? file.text.lastIndexOf('${', expression.start) : node.end - 1;
    const letters = lettersOf(file, at, end, literal);
    if (!letters) return undefined;
    parts.push(letters);
    if (!expression) break;
    const close = /^\s*\}/.exec(file.text.slice(expression.end));
    if (!close || file.text.slice(end + 2, expression.start).trim() !== '') return undefined;
    at = expression.end + close[0].length;
    const { start, end: until } =
      unwrap(expression).type === 'SequenceExpression' ? { start: 0, end: 0 } : expression;
    if (until === 0) return undefined;
    parts.push({ kind: 'hole', at: start, end: until, outerAt: end, outerEnd: at, literal });
  }
  return parts;
}

function ofString(file: JavascriptFile, { start, end }: Node): TextPart[] | undefined {
  const literal: Literal = { at: start, end, quote: file.text[start] ?? "'", prefix: '' };
  const letters = lettersOf(file, start + 1, end - 1, literal);
  return letters && [letters];
}

function lettersOf(file: JavascriptFile, at: number, end: number, literal: Literal): Letters | undefined {
  const read = readLetters(file.text, at, end, escapes);
  return read && { kind: 'letters', ...read, literal };
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['"', '"'],
  ['`', '`'],
  ['$', '$'],
  ['\\', '\\'],
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['\n', ''],
]);
