import type { ValueId } from '../../../ir/ir.ts';
import { type Code, constant, emit, textOf } from '../parse/code.ts';
import { isRaw, stringValue, unescaped } from '../parse/literal.ts';
import type { Node } from '../parse/tree.ts';
import { lowerExpression } from './lower-expression.ts';

/** Lowers a string to a constant, or an f-string to a `text` of its parts. */
export function lowerString(c: Code, node: Node): ValueId {
  return lowerTexts(c, [node], node);
}

/** Lowers adjacent string literals to one string: `'a' 'b'`. */
export function lowerConcatenation(c: Code, node: Node): ValueId {
  return lowerTexts(c, node.children, node);
}

function lowerTexts(c: Code, strings: readonly Node[], node: Node): ValueId {
  const parts: ValueId[] = [];
  let said = '';
  const flush = (): void => {
    if (said !== '') parts.push(constant(c, said, node));
    said = '';
  };
  for (const string of strings) {
    if (string.children.length === 0) {
      said += stringValue(textOf(c, string));
      continue;
    }
    const raw = isRaw(textOf(c, string.children[0] ?? string));
    for (const part of string.children) {
      if (part.kind === 'string_content') {
        said += unescaped(textOf(c, part), raw).replace(/\{\{|\}\}/g, (brace) => brace[0] ?? '');
      } else if (part.kind === 'interpolation') {
        flush();
        lowerPart(c, part, parts);
      }
    }
  }
  if (parts.length === 0) return constant(c, said, node);
  flush();
  return emit(c, { op: 'text', parts }, node);
}

/** `{value!r:>10}`: appends the converted value, and the parts of its format. */
function lowerPart(c: Code, node: Node, parts: ValueId[]): void {
  let value = lowerExpression(c, node.children[0]);
  for (const extra of node.children.slice(1)) {
    const source = textOf(c, extra);
    if (extra.kind === 'type_conversion') {
      if (source !== '!s') value = convert(c, 'repr', value, node);
    } else if (extra.kind === 'format_specifier') {
      if (isNumeric(source)) value = convert(c, 'float', value, node);
      for (const inner of extra.children) {
        if (inner.children[0]) parts.push(lowerExpression(c, inner.children[0]));
      }
    }
  }
  parts.push(value);
}

function convert(c: Code, name: string, value: ValueId, node: Node): ValueId {
  const callee = emit(c, { op: 'global', name }, node);
  return emit(c, { op: 'call', callee, args: [value] }, node);
}

/** Whether a format is only valid for numbers: `:d`, `:.2f`, `:,`. */
function isNumeric(specifier: string): boolean {
  return /^:(?:.?[<>=^])?[-+ ]?z?#?0?\d*(?:[,_]|[,_]?(?:\.\d+)?[bdeEfFgGoxX%])$/.test(specifier);
}
