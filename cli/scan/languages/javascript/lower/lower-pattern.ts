import type { Node } from 'oxc-parser';
import type { ValueId } from '../../../ir/ir.ts';
import { keyName, unwrap } from '../parse/syntax.ts';
import { emitIs } from './lower-condition.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerReference, writeReference } from './lower-reference.ts';
import {
  emit,
  emitConst,
  emitTooDeep,
  type Lowering,
  maxDepth,
  type Place,
  readJoined,
  readMember,
} from './lowering.ts';

/**
 * Lowers a destructuring pattern, or the plain target of a declaration, a parameter or an assignment. Assigns the parts of
 * `value` to the variables and properties in the pattern.
 */
export function lowerPattern(f: Lowering, from: Node, value: ValueId): void {
  if (f.depth >= maxDepth) {
    emitTooDeep(f, from);
    return;
  }
  f.depth++;
  const node = unwrap(from);
  switch (node.type) {
    case 'AssignmentPattern':
      lowerPattern(f, node.left, withDefault(f, node.right, value, node));
      break;
    case 'RestElement':
      lowerPattern(f, node.argument, value);
      break;
    case 'TSParameterProperty':
      lowerPattern(f, node.parameter, value);
      break;
    case 'ArrayPattern':
      node.elements.forEach((element, i) => {
        if (!element) return;
        if (element.type === 'RestElement') {
          const from = emitConst(f, i, element);
          lowerPattern(f, element, emit(f, { op: 'slice', object: value, from }, element));
        } else {
          const key = emitConst(f, i, element);
          lowerPattern(f, element, emit(f, { op: 'index', object: value, key }, element));
        }
      });
      break;
    case 'ObjectPattern':
      for (const property of node.properties) {
        if (property.type !== 'Property') {
          // A rest pattern makes a new object.
          lowerPattern(f, property, emit(f, { op: 'object', keys: [null], values: [value] }, property));
          continue;
        }
        const name = keyName(property.key, property.computed);
        const member =
          name === undefined
            ? emit(f, { op: 'index', object: value, key: lowerExpression(f, property.key) }, property)
            : readMember(f, value, name, property);
        lowerPattern(f, property.value, member);
      }
      break;
    default: {
      const reference = lowerReference(f, node);
      if (reference) writeReference(f, reference, value, node);
    }
  }
  f.depth--;
}

/** The value, or the default if the value is undefined. */
function withDefault(f: Lowering, fallback: Node, value: ValueId, place: Place): ValueId {
  const { builder } = f;
  const result = { fallback };
  const [absent, join] = [builder.block(), builder.block()];
  builder.write(result, value);
  builder.branch(emitIs(f, value, undefined, place), absent, join);
  builder.start(absent);
  builder.write(result, lowerExpression(f, fallback));
  return readJoined(f, result, join);
}
