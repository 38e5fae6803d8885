import type { AccessorProperty, Class as ClassNode, MethodDefinition, PropertyDefinition } from 'oxc-parser';
import type { Class, Method, ValueId } from '../../../ir/ir.ts';
import { lookUp } from '../parse/scope.ts';
import { keyName } from '../parse/syntax.ts';
import { typeName } from '../parse/type-name.ts';
import { lowerDecorator } from './lower-decorator.ts';
import { lowerExpression } from './lower-expression.ts';
import { bindingOf, buildFunction, lowerFunction, paramName, writeThis } from './lower-function.ts';
import { lowerStatements } from './lower-statement.ts';
import {
  emit,
  emitTooDeep,
  emitUnknown,
  inScopeOf,
  type Lowering,
  readVariable,
  thisVariable,
  writeVariable,
} from './lowering.ts';

type Property = PropertyDefinition | AccessorProperty;

interface Parts {
  readonly methods: Method[];
  readonly fields: Class['fields'][number][];
  readonly names: string[];
  readonly values: ValueId[];
}

/** Lowers a class and returns its value. If the class is a declaration, also assigns the value to its variable. */
export function lowerClass(f: Lowering, node: ClassNode, name: string): ValueId {
  if (node.declare) return emitUnknown(f, node);
  const classId = f.module.scopes.classIds.get(node);
  if (classId === undefined) return emitTooDeep(f, node);
  const bases = node.superClass ? [lowerExpression(f, node.superClass)] : [];
  const parts: Parts = { methods: [], fields: [], names: [], values: [] };
  for (const element of node.body.body) {
    if (element.type === 'MethodDefinition') lowerMethod(f, element, classId, parts);
    else if (element.type === 'PropertyDefinition' || element.type === 'AccessorProperty') {
      lowerProperty(f, node, element, parts);
    }
  }
  f.module.classes[classId] = {
    name: node.id?.name ?? name,
    methods: parts.methods,
    fields: parts.fields,
    init: lowerInit(f, node, classId),
    at: node.start,
    end: node.end,
  };
  const { names, values } = parts;
  const value = emit(f, { op: 'class', class: classId, bases, names, values }, node);
  writeClass(f, node, value);
  for (const decorator of node.decorators ?? []) lowerDecorator(f, decorator, [value]);
  return value;
}

/** Assigns the class to its name, and to `this` of its static parts, which then run. */
function writeClass(f: Lowering, node: ClassNode, value: ValueId): void {
  const name = node.id?.name;
  const outer = name !== undefined && node.type === 'ClassDeclaration' ? lookUp(f.scope, name) : undefined;
  if (outer) writeVariable(f, outer, value, node);
  inScopeOf(f, node.body, () => {
    for (const variable of f.scope.names.values()) {
      if (f.scope === f.module.scopes.ofNode.get(node.body) && isOfClass(variable.name, name)) {
        writeVariable(f, variable, value, node);
      }
    }
    for (const element of node.body.body) {
      if (element.type === 'StaticBlock') lowerStatements(f, element.body);
    }
  });
}

function isOfClass(variable: string, name: string | undefined): boolean {
  return variable === 'this' || variable === name;
}

function lowerMethod(f: Lowering, node: MethodDefinition, classId: number, parts: Parts): void {
  // An overload, or an abstract method.
  if (!node.value.body) return;
  const name = keyName(node.key, node.computed) ?? '';
  if (node.computed && name === '') lowerExpression(f, node.key);
  const func = lowerFunction(f, node.value, name, classId);
  const kind = node.static ? 'static' : node.kind === 'get' || node.kind === 'set' ? node.kind : 'method';
  parts.methods.push({ name, func, kind });
  for (const decorator of node.decorators ?? []) {
    const value = emit(f, { op: 'func', func }, node);
    lowerDecorator(f, decorator, [value]);
  }
  if (node.kind !== 'constructor') return;
  for (const param of node.value.params) {
    if (param.type !== 'TSParameterProperty') continue;
    const binding = bindingOf(param);
    if (!('typeAnnotation' in binding) || !binding.typeAnnotation) continue;
    const type = typeName(f.scope, binding.typeAnnotation);
    if (type) parts.fields.push({ name: paramName(param), type });
  }
}

function lowerProperty(f: Lowering, owner: ClassNode, node: Property, parts: Parts): void {
  const name = keyName(node.key, node.computed);
  if (name === undefined) lowerExpression(f, node.key);
  const decorators = (node.decorators ?? []).map((decorator) => lowerDecorator(f, decorator, []));
  const type = node.typeAnnotation ? typeName(f.scope, node.typeAnnotation) : undefined;
  if (name !== undefined && decorators.length > 0)
    parts.fields.push({ name, type: type ?? { name: '' }, decorators });
  else if (name !== undefined && type) parts.fields.push({ name, type });
  const { value } = node;
  if (!node.static || !value) return;
  parts.names.push(name ?? '');
  parts.values.push(inScopeOf(f, owner.body, () => lowerExpression(f, value, name)));
}

/** Lowers the function that sets the fields of a new instance. Returns its index, or -1. */
function lowerInit(f: Lowering, node: ClassNode, classId: number): number {
  const set = node.body.body.filter(
    (element): element is Property =>
      (element.type === 'PropertyDefinition' || element.type === 'AccessorProperty') &&
      !element.static &&
      element.value !== null,
  );
  if (set.length === 0) return -1;
  const scope = f.module.scopes.ofNode.get(node);
  const head = { name: 'init', class: classId, async: false, generator: false };
  return buildFunction(f, scope, head, node.body, (init) => {
    writeThis(init, node.body);
    for (const element of set) {
      const name = keyName(element.key, element.computed);
      const variable = thisVariable(init);
      if (name === undefined || !element.value || !variable) continue;
      const value = lowerExpression(init, element.value, name);
      const object = readVariable(init, variable, element);
      writeVariable(init, variable, emit(init, { op: 'store', object, name, value }, element), element);
    }
    return [];
  });
}
