import type { Node } from 'oxc-parser';
import type { ValueId } from '../../../ir/ir.ts';
import { typeName } from '../parse/type-name.ts';
import { lowerAssignment, lowerUpdate } from './lower-assignment.ts';
import { lowerCall, lowerImportExpression, lowerNew, lowerTagged } from './lower-call.ts';
import { lowerClass } from './lower-class.ts';
import { lowerConditional, lowerLogical, lowerNot } from './lower-condition.ts';
import { lowerFunctionValue } from './lower-function.ts';
import { lowerJsx } from './lower-jsx.ts';
import { lowerArray, lowerBinary, lowerLiteral, lowerObject, lowerTemplate } from './lower-literal.ts';
import { lowerReference, readReference } from './lower-reference.ts';
import { emit, emitConst, emitTooDeep, emitUnknown, type Lowering, maxDepth, readName } from './lowering.ts';

/** Lowers an expression to a value. If the expression is an anonymous function or class, it gets the name `name`. */
export function lowerExpression(f: Lowering, node: Node, name = ''): ValueId {
  if (f.depth >= maxDepth) return emitTooDeep(f, node);
  f.depth++;
  const value = lower(f, node, name);
  f.depth--;
  return value;
}

function lower(f: Lowering, node: Node, name: string): ValueId {
  switch (node.type) {
    case 'Identifier':
      return readName(f, node.name, node);
    case 'ThisExpression':
      return readName(f, 'this', node);
    case 'MemberExpression': {
      const reference = lowerReference(f, node);
      return reference ? readReference(f, reference, node) : emitUnknown(f, node);
    }
    case 'Literal':
      return lowerLiteral(f, node);
    case 'CallExpression':
      return lowerCall(f, node);
    case 'NewExpression':
      return lowerNew(f, node);
    case 'ObjectExpression':
      return lowerObject(f, node);
    case 'ArrayExpression':
      return lowerArray(f, node);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
      return lowerFunctionValue(f, node, name);
    case 'ClassExpression':
    case 'ClassDeclaration':
      return lowerClass(f, node, name);
    case 'AssignmentExpression':
      return lowerAssignment(f, node);
    case 'BinaryExpression':
      return lowerBinary(f, node);
    case 'LogicalExpression':
      return lowerLogical(f, node);
    case 'ConditionalExpression':
      return lowerConditional(f, node);
    case 'TemplateLiteral':
      return lowerTemplate(f, node);
    case 'UnaryExpression':
      if (node.operator === '!') return lowerNot(f, node);
      return emit(
        f,
        { op: 'unary', operator: node.operator, value: lowerExpression(f, node.argument) },
        node,
      );
    case 'UpdateExpression':
      return lowerUpdate(f, node);
    case 'SequenceExpression': {
      let last = -1;
      for (const expression of node.expressions) last = lowerExpression(f, expression);
      return last < 0 ? emitUnknown(f, node) : last;
    }
    case 'AwaitExpression':
      return emit(f, { op: 'await', value: lowerExpression(f, node.argument) }, node);
    case 'YieldExpression': {
      let value = node.argument ? lowerExpression(f, node.argument) : emitConst(f, undefined, node);
      // `yield* values` yields each element.
      if (node.delegate) value = emit(f, { op: 'element', value }, node);
      return emit(f, { op: 'yield', value }, node);
    }
    case 'ChainExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
      return lowerExpression(f, node.expression, name);
    case 'TSAsExpression':
    case 'TSTypeAssertion': {
      const value = lowerExpression(f, node.expression, name);
      const type = typeName(f.scope, node.typeAnnotation);
      return type ? emit(f, { op: 'typed', value, type }, node) : value;
    }
    case 'TaggedTemplateExpression':
      return lowerTagged(f, node);
    case 'ImportExpression':
      return lowerImportExpression(f, node);
    case 'JSXElement':
    case 'JSXFragment':
      return lowerJsx(f, node);
    case 'MetaProperty':
      if (node.meta.name === 'import') return emit(f, { op: 'global', name: 'import.meta' }, node);
      return emitUnknown(f, node);
    case 'Super':
      return emit(f, { op: 'super' }, node);
    default: {
      const { type, expression } = node as unknown as { type: string; expression?: Node };
      if (type === 'TypeCastExpression' && expression) return lowerExpression(f, expression, name);
      return emitUnknown(f, node);
    }
  }
}
