import type { Class, ValueId } from '../../../ir/ir.ts';
import type { ClassBody, Code } from '../parse/code.ts';
import { emit, readBinding, textOf, writeName } from '../parse/code.ts';
import type { Node } from '../parse/tree.ts';
import { lowerExpression } from './lower-expression.ts';
import { newFunction } from './lower-function.ts';
import { lowerBlock } from './lower-statement.ts';

export function lowerDefinition(c: Code, node: Node): void {
  defineFunction(c, node, []);
}

export function lowerClass(c: Code, node: Node): void {
  defineClass(c, node, []);
}

export function lowerDecorated(c: Code, node: Node): void {
  const decorators = node.children.filter((child) => child.kind === 'decorator');
  const definition = node.children.find((child) => child.kind !== 'decorator');
  if (definition?.kind === 'function_definition') defineFunction(c, definition, decorators);
  else if (definition?.kind === 'class_definition') defineClass(c, definition, decorators);
}

type Kind = Class['methods'][number]['kind'];

/** A decorator with its source range, at which its findings are reported. */
interface Applied {
  readonly node: Node;
  readonly callee: ValueId;
}

function lowerDecorator(c: Code, node: Node): Applied {
  return { node, callee: lowerExpression(c, node.children[0]) };
}

/** A function or class after its decorators, applied from the last one to the first. */
function decorated(c: Code, value: ValueId, applied: readonly Applied[]): ValueId {
  return applied.reduceRight(
    (inner, { node, callee }) => emit(c, { op: 'call', callee, args: [inner], isDecorator: true }, node),
    value,
  );
}

function defineFunction(c: Code, node: Node, decorators: readonly Node[]): void {
  const nameNode = node.children.find((child) => child.kind === 'identifier');
  if (!nameNode) return;
  const name = textOf(c, nameNode);
  const body = c.scope.kind === 'class' ? c.body : undefined;
  let kind: Kind = body && (name === '__new__' || name === '__init_subclass__') ? 'class' : 'method';
  const applied: Applied[] = [];
  for (const decorator of decorators) {
    const known = kindOf(c, decorator);
    if (known && body) kind = known;
    if (!known) applied.push(lowerDecorator(c, decorator));
  }
  const methodName = name === '__init__' ? 'constructor' : name;
  const func = newFunction(c, node, {
    name: body ? methodName : name,
    class: body ? c.scope.class : -1,
    hasReceiver: body !== undefined && kind !== 'static',
  });
  const isWritten = !body || applied.length > 0;
  body?.methods.push({ name: methodName, func, kind });
  if (!isWritten) {
    if (isReadInBody(c, name)) writeName(c, name, emit(c, { op: 'func', func }, node), node);
    return;
  }
  const value = decorated(c, emit(c, { op: 'func', func }, node), applied);
  writeName(c, name, value, nameNode);
}

/** `property`, `x.setter`, `staticmethod`, `classmethod` set the kind of a method. They are not applied as calls. */
function kindOf(c: Code, decorator: Node): Kind | undefined {
  const [expression] = decorator.children;
  if (!expression) return undefined;
  const text =
    expression.kind === 'identifier' || expression.kind === 'attribute' ? textOf(c, expression) : '';
  if (kinds[text]) return kinds[text];
  if (text.endsWith('.setter') || text.endsWith('.deleter')) return 'set';
  if (text.endsWith('.getter') || text.endsWith('.cached_property')) return 'get';
  return undefined;
}

const kinds: { readonly [name: string]: Kind | undefined } = {
  __proto__: null as never,
  property: 'get',
  cached_property: 'get',
  'abc.abstractproperty': 'get',
  abstractproperty: 'get',
  staticmethod: 'static',
  classmethod: 'class',
};

/** A method needs no value, unless the class body reads it later: `alias = method`. */
function isReadInBody(c: Code, name: string): boolean {
  return c.scope.uses.has(name);
}

function defineClass(c: Code, node: Node, decorators: readonly Node[]): void {
  const nameNode = node.children[0];
  const scope = c.file.scopes.of.get(node);
  if (!nameNode || !scope) return;
  const applied = decorators.map((decorator) => lowerDecorator(c, decorator));
  const bases: ValueId[] = [];
  const list = node.children.find((child) => child.kind === 'argument_list');
  for (const base of list?.children ?? []) {
    if (base.kind === 'keyword_argument') lowerExpression(c, base.children[1]);
    else bases.push(lowerExpression(c, base));
  }
  const body: ClassBody = { methods: [], fields: [] };
  const around = { scope: c.scope, body: c.body };
  c.scope = scope;
  c.body = body;
  lowerBlock(
    c,
    node.children.find((child) => child.kind === 'block'),
  );
  const names: string[] = [];
  const values: ValueId[] = [];
  const methods = new Set(body.methods.map((method) => method.name));
  if (methods.has('constructor')) methods.add('__init__');
  for (const binding of scope.names.values()) {
    if (!binding.written || methods.has(binding.name)) continue;
    names.push(binding.name);
    values.push(readBinding(c, binding, node));
  }
  c.scope = around.scope;
  c.body = around.body;
  c.file.classes[scope.class] = {
    name: textOf(c, nameNode),
    methods: body.methods,
    fields: body.fields,
    init: -1,
    at: node.at,
    end: node.end,
  };
  const made = emit(c, { op: 'class', class: scope.class, bases, names, values }, node);
  const value = decorated(c, made, applied);
  writeName(c, textOf(c, nameNode), value, nameNode);
}
