import type { Expression, Node, PropertyKey } from 'oxc-parser';

/** Returns the expression without TypeScript's wrappers, parentheses and optional chaining. */
export function unwrap(node: Node): Node {
  let at = node;
  while (
    at.type === 'TSAsExpression' ||
    at.type === 'TSSatisfiesExpression' ||
    at.type === 'TSNonNullExpression' ||
    at.type === 'TSTypeAssertion' ||
    at.type === 'TSInstantiationExpression' ||
    at.type === 'ChainExpression' ||
    at.type === 'ParenthesizedExpression'
  ) {
    at = at.expression;
  }
  return at;
}

/** Returns the root of a path: `a` for `a.b[c].d`. */
export function rootOf(path: Node): Node {
  let at = unwrap(path);
  while (at.type === 'MemberExpression') at = unwrap(at.object);
  return at;
}

/** Returns the value of a string literal, or of a template without expressions. Undefined for other nodes. */
export function stringOf(node: Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) {
    return node.quasis[0]?.value.cooked ?? undefined;
  }
  return undefined;
}

/**
 * Returns the name of a property with a constant key: `a`, `'a'`, `['a']` -> `a`; `1` -> `1`; `#a` -> `#a`. Undefined for
 * other keys.
 */
export function keyName(key: PropertyKey, computed: boolean): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'Identifier' && !computed) return key.name;
  if (key.type === 'Literal' && !computed && typeof key.value === 'number') return String(key.value);
  return stringOf(key);
}

export function isIdentifier(node: Node | null | undefined, name: string): boolean {
  return node?.type === 'Identifier' && node.name === name;
}

/** Whether a node is `module.exports`. */
export function isModuleExports(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    !node.computed &&
    node.property.name === 'exports' &&
    isIdentifier(node.object, 'module')
  );
}

/**
 * Whether a node is spelled `exports` or `module.exports`. This does not check whether the file declares a variable of that
 * name.
 */
export function isExportsObject(node: Node): boolean {
  if (node.type === 'Identifier') return node.name === 'exports';
  return node.type === 'MemberExpression' && isModuleExports(node);
}

/**
 * Returns the specifier of a `require` call or of an awaited import: `require('x')`, `await import('x')` -> `x`. Undefined
 * for other expressions.
 */
export function requiredSpecifier(node: Expression | null): string | undefined {
  const call = node && unwrap(node);
  if (
    call?.type === 'CallExpression' &&
    isIdentifier(call.callee, 'require') &&
    call.arguments.length === 1
  ) {
    return stringOf(call.arguments[0]);
  }
  if (call?.type === 'AwaitExpression') {
    const awaited = unwrap(call.argument);
    return awaited.type === 'ImportExpression' ? stringOf(awaited.source) : undefined;
  }
  return undefined;
}
