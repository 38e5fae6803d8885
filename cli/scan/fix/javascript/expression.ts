import type { Node } from 'oxc-parser';
import { unwrap } from '../../languages/javascript/parse/syntax.ts';
import type { Found } from '../fix.ts';
import type { Hole, TextPart } from '../text-part.ts';
import { declarationOf } from './declaration.ts';
import { calledName, type JavascriptFile } from './javascript-file.ts';

const textCalls: ReadonlySet<string> = new Set(['String', 'decodeURIComponent', 'encodeURIComponent']);
const textMethods: ReadonlySet<string> = new Set([
  'trim',
  'toLowerCase',
  'toUpperCase',
  'toString',
  'toFixed',
]);
const numberCalls: ReadonlySet<string> = new Set(['Number', 'parseInt', 'parseFloat']);

/** The type of an expression's value, if the code itself shows it. Undefined if unknown. */
export function evidentType(file: JavascriptFile, expression: Node): 'text' | 'number' | undefined {
  const node = unwrap(expression);
  switch (node.type) {
    case 'TemplateLiteral':
      return 'text';
    case 'Literal':
      return typeof node.value === 'string' ? 'text' : typeof node.value === 'number' ? 'number' : undefined;
    case 'UnaryExpression':
      return node.operator === '+' || node.operator === '-' ? 'number' : undefined;
    case 'CallExpression': {
      const name = calledName(node) ?? '';
      if (node.callee.type === 'Identifier') {
        return textCalls.has(name) ? 'text' : numberCalls.has(name) ? 'number' : undefined;
      }
      return textMethods.has(name) ? 'text' : undefined;
    }
    case 'Identifier': {
      const declared = declarationOf(file, node, node.name);
      if (declared?.type?.type === 'TSStringKeyword') return 'text';
      if (declared?.type?.type === 'TSNumberKeyword') return 'number';
      return declared?.kind === 'const' && declared.init && !declared.type
        ? evidentType(file, declared.init)
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether it is a literal, or a constant with a literal value. */
function isConstant(file: JavascriptFile, expression: Node): boolean {
  const node = unwrap(expression);
  if (node.type === 'Literal') return true;
  if (node.type === 'TemplateLiteral') return node.expressions.length === 0;
  if (node.type !== 'Identifier') return false;
  const declared = declarationOf(file, node, node.name);
  return declared?.init !== undefined && isConstant(file, declared.init);
}

const changing = /escape|quote|replace|format|sanit|clean|slash|join|encode|stringify/i;

const choices: ReadonlySet<string> = new Set([
  'ConditionalExpression',
  'LogicalExpression',
  'BinaryExpression',
  'TemplateLiteral',
]);

/** A plain word that is a value. `null` would be a keyword of SQL. */
function isWord(text: string): boolean {
  return /^\w+$/.test(text) && !/^(?:null|true|false|default|asc|desc)$/i.test(text);
}

/** Whether the expression selects or builds a text of the author's: quotes, several words, or an empty text. */
function holdsOwnText(file: JavascriptFile, expression: Node): boolean {
  const inside = file.nodes.filter((node) => expression.start <= node.start && node.end <= expression.end);
  if (!inside.some((node) => choices.has(node.type))) return false;
  return inside.some(
    (node) =>
      node.type === 'TemplateLiteral' ||
      (node.type === 'Literal' && typeof node.value === 'string' && !isWord(node.value)),
  );
}

/**
 * Whether a value may already be escaped or quoted for the string that contains it. True if the expression is too complex to
 * tell.
 */
export function isPrepared(file: JavascriptFile, expression: Node, depth = 0): boolean {
  if (depth > 4 || holdsOwnText(file, expression)) return true;
  return file.nodes.some((node) => {
    if (node.start < expression.start || node.end > expression.end) return false;
    if (node.type === 'CallExpression') return changing.test(calledName(node) ?? '');
    if (node.type !== 'Identifier' || file.parents.get(node)?.type === 'MemberExpression') return false;
    const init = declarationOf(file, node, node.name)?.init;
    return init !== undefined && init !== expression && isPrepared(file, init, depth + 1);
  });
}

/** Returns the code of a template literal with these literal texts and expressions. */
export function templateOf(pieces: readonly (string | { readonly code: string })[]): string {
  const inner = pieces.map((piece) =>
    typeof piece === 'string'
      ? piece
          .replace(/[\\`]|\$(?=\{)/g, '\\$&')
          .replaceAll('\n', '\\n')
          .replaceAll('\r', '\\r')
      : `\${${piece.code}}`,
  );
  return `\`${inner.join('')}\``;
}

/**
 * The expression whose value is inserted at a hole of a built string. Undefined if there is none with exactly this range.
 */
export function expressionAt(file: JavascriptFile, { at, end }: Hole): Node | undefined {
  return file.nodes.find((node) => node.start === at && node.end === end);
}

/**
 * The holes (inserted values) of a built string that untrusted data flows through. If only one hole is not constant, it is
 * that one. Otherwise, a hole counts if its expression contains a step of the finding's path. A hole that is the name of a
 * constant also counts if the declaration of the constant contains such a step.
 */
export function holesOnTheWay(file: JavascriptFile, found: Found, parts: readonly TextPart[]): Hole[] {
  const open = parts.filter((part): part is Hole => {
    const node = part.kind === 'hole' ? expressionAt(file, part) : undefined;
    return node !== undefined && !isConstant(file, node);
  });
  if (open.length === 1) return open;
  return open.filter((hole) => {
    const node = expressionAt(file, hole) as Node;
    const declared = node.type === 'Identifier' ? declarationOf(file, node, node.name) : undefined;
    const places = declared?.kind === 'const' ? [node, declared.node] : [node];
    return places.some((place) =>
      found.steps.some((step) => step.at >= place.start && step.end <= place.end),
    );
  });
}
