import type { Node, TSType } from 'oxc-parser';
import type { TypeName } from '../../../ir/ir.ts';
import { lookUp, lookUpType, type Scope } from './scope.ts';

/** Returns the type that an annotation names. Undefined if it names none (`{ a: string }`, `any`, `A[]`). */
export function typeName(scope: Scope, annotation: Node): TypeName | undefined {
  return nameOf(scope, annotation, 0);
}

/**
 * Returns the imported type that a local alias or interface stands for: with `type Db = pg.Client`, `Db` -> `Client` of
 * `pg`. Undefined if `name` stands for no imported type.
 */
export function importedType(
  scope: Scope,
  name: string,
): Extract<TypeName, { readonly import: string }> | undefined {
  const alias = lookUp(scope, name) ? undefined : lookUpType(scope, name);
  const type = alias && nameOf(alias.scope, alias.type as Node, 0);
  return type && 'import' in type ? type : undefined;
}

/** Types that are reduced to their only argument. */
const transparent: ReadonlySet<string> = new Set([
  'Promise',
  'Awaited',
  'Readonly',
  'Partial',
  'Required',
  'NonNullable',
  'PromiseLike',
  'Generator',
  'AsyncGenerator',
  'Iterator',
  'AsyncIterator',
  'IterableIterator',
  'AsyncIterableIterator',
]);

const keywords: Readonly<Record<string, string>> = {
  TSStringKeyword: 'string',
  TSNumberKeyword: 'number',
  TSBooleanKeyword: 'boolean',
  TSBigIntKeyword: 'bigint',
  TSSymbolKeyword: 'symbol',
};

function nameOf(scope: Scope, node: Node, depth: number): TypeName | undefined {
  if (depth > 20) return undefined;
  switch (node.type) {
    case 'TSTypeAnnotation':
    case 'TSParenthesizedType':
    case 'TSOptionalType':
      return nameOf(scope, node.typeAnnotation, depth + 1);
    case 'TSTypeOperator':
      return node.operator === 'readonly' ? nameOf(scope, node.typeAnnotation, depth + 1) : undefined;
    case 'TSUnionType':
    case 'TSIntersectionType':
      return firstName(scope, node.types, depth);
    case 'TSTypeReference': {
      const path = pathOf(node.typeName);
      if (!path) return undefined;
      const [name = '', ...members] = path;
      const [only] = node.typeArguments?.params ?? [];
      if (only && members.length === 0 && transparent.has(name)) return nameOf(scope, only, depth + 1);
      if (name === 'const' && members.length === 0) return undefined;
      return resolve(scope, name, members, depth);
    }
    case 'TSInterfaceDeclaration': {
      // `interface AuthenticatedRequest extends Request {}` stands for the first type that it extends.
      const [first] = node.extends;
      const [name = '', ...members] = first ? (pathOf(first.expression) ?? []) : [];
      return name === '' ? undefined : resolve(scope, name, members, depth + 1);
    }
    case 'TSImportType': {
      const path = node.qualifier ? pathOf(node.qualifier) : ['*'];
      return path && { import: node.source.value, path };
    }
    default: {
      const name = keywords[node.type];
      return name === undefined ? undefined : { name };
    }
  }
}

function firstName(scope: Scope, types: readonly TSType[], depth: number): TypeName | undefined {
  for (const type of types.slice(0, 20)) {
    const name = nameOf(scope, type, depth + 1);
    if (name) return name;
  }
  return undefined;
}

function resolve(
  scope: Scope,
  name: string,
  members: readonly string[],
  depth: number,
): TypeName | undefined {
  const variable = lookUp(scope, name);
  if (variable?.kind === 'import') {
    const path = variable.imported === '*' ? members : [variable.imported, ...members];
    return { import: variable.specifier, path };
  }
  if (variable && variable.classId >= 0 && members.length === 0) return { class: variable.classId };
  const alias = members.length === 0 ? lookUpType(scope, name) : undefined;
  if (alias) return nameOf(alias.scope, alias.type as Node, depth + 1) ?? { name };
  return { name: [name, ...members].join('.') };
}

/** `['a', 'b']` of `a.b`. */
function pathOf(name: Node): string[] | undefined {
  const path: string[] = [];
  let at = name;
  for (;;) {
    if (at.type === 'TSQualifiedName') {
      path.push(at.right.name);
      at = at.left;
    } else if (at.type === 'MemberExpression' && at.property.type === 'Identifier' && !at.computed) {
      path.push(at.property.name);
      at = at.object;
    } else break;
  }
  if (at.type !== 'Identifier') return undefined;
  path.push(at.name);
  return path.reverse();
}
