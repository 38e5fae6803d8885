import type { Found } from '../fix.ts';
import type { Hole, TextPart } from '../text-part.ts';
import { assignedTo } from './assignment.ts';
import {
  argumentsOf,
  calledPath,
  childOf,
  functionAround,
  identifiersIn,
  type PythonFile,
  type PythonNode,
  source,
} from './python-file.ts';
import { type BuiltParts, textParts } from './text-parts.ts';

const requestTexts =
  /\.(?:args|form|values|GET|POST|COOKIES|META|cookies|headers|query|query_params|path_params|match_info)(?:\.get\(|\[)/;
const textCalls = /^str$|\.(?:strip|lower|upper|decode)$/;

/** Whether the code itself shows that an expression's value is a string, and not `None`. False if unknown. */
export function isText(file: PythonFile, node: PythonNode): boolean {
  switch (node.kind) {
    case 'string':
    case 'concatenated_string':
      return true;
    case 'parenthesized_expression':
      return node.children.every((child) => !child.isNamed || isText(file, child));
    case 'subscript':
      return requestTexts.test(source(file, node));
    case 'call':
      return (
        textCalls.test(calledPath(file, node)) ||
        (requestTexts.test(source(file, node)) && hasTextDefault(file, node))
      );
    case 'identifier': {
      const assigned = assignedTo(file, node, source(file, node));
      // Types are not checked at run time, and `q: str = None` is common.
      if (assigned?.type && assigned.type !== 'str') return false;
      if (assigned?.kind === 'parameter')
        return assigned.type === 'str' && !/\bNone\b/.test(source(file, assigned.node));
      return assigned?.value !== undefined && isText(file, assigned.value);
    }
    default:
      return false;
  }
}

/** Whether a call has a text as its default: `get("name", "")`. */
function hasTextDefault(file: PythonFile, call: PythonNode): boolean {
  const given = argumentsOf(file, call);
  const second = given?.positional[1];
  return given?.keywords.size === 0 && second?.kind === 'string';
}

/** Whether it is a literal, or a name bound to one. */
function isConstant(file: PythonFile, node: PythonNode): boolean {
  if (/^(?:integer|float|true|false|none)$/.test(node.kind)) return true;
  if (node.kind === 'string') return !node.children.some(({ kind }) => kind === 'interpolation');
  if (node.kind !== 'identifier') return false;
  const value = assignedTo(file, node, source(file, node))?.value;
  return value !== undefined && value !== node && isConstant(file, value);
}

const changing = /escape|quote|replace|format|sanit|clean|slash|join|encode|dumps|literal|adapt/i;

const choices: ReadonlySet<string> = new Set([
  'conditional_expression',
  'boolean_operator',
  'binary_operator',
  'interpolation',
]);

/** Whether the expression selects or builds a text of the author's: markup, quotes, several words, or an empty text. */
function holdsOwnText(file: PythonFile, expression: PythonNode): boolean {
  const inside = file.nodes.filter((node) => expression.at <= node.at && node.end <= expression.end);
  return inside.some(({ kind }) => choices.has(kind)) && inside.some(({ kind }) => kind === 'string');
}

/**
 * Whether a value may already be escaped or quoted for the string that contains it. True if the expression is too complex to
 * tell.
 */
export function isPrepared(file: PythonFile, expression: PythonNode, depth = 0): boolean {
  if (depth > 4 || holdsOwnText(file, expression)) return true;
  return file.nodes.some((node) => {
    if (node.at < expression.at || node.end > expression.end) return false;
    if (node.kind === 'call') return changing.test(calledPath(file, node).split('.').at(-1) ?? '');
    if (node.kind !== 'identifier' || node.field === 'attribute') return false;
    const value = assignedTo(file, node, source(file, node))?.value;
    return value !== undefined && value !== expression && isPrepared(file, value, depth + 1);
  });
}

export interface BuiltText extends BuiltParts {
  /** The statement that assigns the string to a variable. Undefined if the string is built in the argument itself. */
  readonly statement: PythonNode | undefined;
}

/**
 * The parts that an argument's string is built from. The string must be built in the argument itself, or in a local
 * variable that is assigned once and used only here. Undefined for other arguments, and if a variable in the string may
 * change between the assignment and the use.
 */
export function builtText(file: PythonFile, argument: PythonNode): BuiltText | undefined {
  if (argument.kind !== 'identifier') {
    const built = textParts(file, argument);
    return built && { ...built, statement: undefined };
  }
  const name = source(file, argument);
  const assigned = assignedTo(file, argument, name);
  const around = functionAround(file, argument);
  if (assigned?.kind !== 'variable' || !assigned.value || assigned.type) return undefined;
  if (around.kind !== 'function_definition' || functionAround(file, assigned.node) !== around)
    return undefined;
  if (identifiersIn(file, around, name).length !== 2) return undefined;
  const { value } = assigned;
  const names = new Set(file.nodes.filter((node) => isNameIn(node, value)).map((node) => source(file, node)));
  const isWritten = file.nodes.some(
    (node) =>
      node.at >= value.end &&
      node.end <= argument.at &&
      isWrite(node) &&
      names.has(source(file, rootOf(node))),
  );
  const built = isWritten ? undefined : textParts(file, value);
  return built && { ...built, statement: assigned.node.parent };
}

function isNameIn(node: PythonNode, around: PythonNode): boolean {
  return node.kind === 'identifier' && node.at >= around.at && node.end <= around.end;
}

function isWrite({ field, parent }: PythonNode): boolean {
  if (!parent) return false;
  if (/pattern/.test(parent.kind)) return true;
  return field === 'left' && /assignment|^for_/.test(parent.kind);
}

/** `a` of `a.b[c]`. */
function rootOf(node: PythonNode): PythonNode {
  let at = node;
  while (at.kind === 'attribute' || at.kind === 'subscript') {
    const inner = childOf(at, 'object') ?? childOf(at, 'value');
    if (!inner) break;
    at = inner;
  }
  return at;
}

/**
 * The expression whose value is inserted at a hole of a built string. Undefined if there is none with exactly this range.
 */
export function expressionAt(file: PythonFile, { at, end }: Hole): PythonNode | undefined {
  return file.nodes.find((node) => node.at === at && node.end === end);
}

/**
 * The holes (inserted values) of a built string that untrusted data flows through. Constant holes are ignored, and if a
 * single hole remains, it is returned. Otherwise returns each hole that contains a step of the finding's path. A hole that
 * is only a variable also counts if the variable's assignment contains such a step.
 */
export function holesOnTheWay(file: PythonFile, found: Found, parts: readonly TextPart[]): Hole[] {
  const open = parts.filter((part): part is Hole => {
    const node = part.kind === 'hole' ? expressionAt(file, part) : undefined;
    return node !== undefined && !isConstant(file, node);
  });
  if (open.length === 1) return open;
  return open.filter((hole) => {
    const node = expressionAt(file, hole) as PythonNode;
    const assigned = node.kind === 'identifier' ? assignedTo(file, node, source(file, node)) : undefined;
    const places = assigned?.kind === 'variable' ? [node, assigned.node] : [node];
    return places.some((place) => found.steps.some((step) => step.at >= place.at && step.end <= place.end));
  });
}
