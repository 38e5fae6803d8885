import type { Node } from 'oxc-parser';
import { keyName } from '../../../scan/languages/javascript/parse/syntax.ts';
import { type ModuleFile, nodesWithin } from './module-file.ts';
import { type ClassNode, unknownValue, type Value } from './value.ts';

type Evaluate = (file: ModuleFile, node: Node | null | undefined) => Value;

/** A method, or a property that is set once. */
export function classMember(
  { file, node }: { readonly file: ModuleFile; readonly node: ClassNode },
  key: string,
  evaluate: Evaluate,
): Value {
  const values: Value[] = [];
  for (const one of node.body.body) {
    if (one.type !== 'MethodDefinition' && one.type !== 'PropertyDefinition') continue;
    if (keyOf(one.key, one.computed) !== key) continue;
    if (one.type === 'MethodDefinition' && one.kind === 'method') return evaluate(file, one.value);
    if (one.type === 'PropertyDefinition' && one.value) values.push(evaluate(file, one.value));
  }
  for (const one of writesToThis(file, node)) {
    const { left } = one;
    if (left.type !== 'MemberExpression' || left.object.type !== 'ThisExpression') continue;
    if (keyOf(left.property, left.computed) !== key) continue;
    values.push(one.operator === '=' ? evaluate(file, one.right) : unknownValue('it is computed'));
  }
  const [only] = values;
  if (only !== undefined && values.length === 1) return only;
  return unknownValue(values.length === 0 ? 'the class does not set it' : 'it is set several times');
}

type Assignment = Extract<Node, { type: 'AssignmentExpression' }>;

const known = new WeakMap<ClassNode, readonly Assignment[]>();

function writesToThis(file: ModuleFile, node: ClassNode): readonly Assignment[] {
  const kept = known.get(node);
  if (kept) return kept;
  const found = nodesWithin(file, node).filter(
    (one): one is Assignment =>
      one.type === 'AssignmentExpression' &&
      one.left.type === 'MemberExpression' &&
      one.left.object.type === 'ThisExpression',
  );
  known.set(node, found);
  return found;
}

function keyOf(key: Node, computed: boolean): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return keyName(key as Parameters<typeof keyName>[0], computed);
}

/** The instance that `this` is at a node. */
export function instanceAround(file: ModuleFile, node: Node): Value {
  for (let at = file.parents.get(node); at; at = file.parents.get(at)) {
    if (at.type === 'ClassDeclaration' || at.type === 'ClassExpression') {
      return { kind: 'instance', file, node: at };
    }
    const isOwn = at.type === 'FunctionDeclaration' || at.type === 'FunctionExpression';
    if (isOwn && file.parents.get(at)?.type !== 'MethodDefinition') break;
  }
  return unknownValue('it is computed');
}
