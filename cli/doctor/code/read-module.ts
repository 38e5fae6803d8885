import type { Node } from 'oxc-parser';
import { parseJavascript } from '../../scan/languages/javascript/parse/parse-javascript.ts';
import { stringOf, unwrap } from '../../scan/languages/javascript/parse/syntax.ts';
import type { SourceFile } from '../../scan/project/project.ts';

/** A name that a file imports. */
export interface Imported {
  readonly local: string;
  /** `default` and `*` as well. */
  readonly name: string;
  readonly from: string;
  readonly line: number;
}

/** A use of a name: `session.load` has the member `load`. Anything but a member access or a call is an escape. */
export interface Use {
  readonly name: string;
  readonly member: string | undefined;
  readonly isCall: boolean;
  readonly node: Node;
  readonly above: Above | undefined;
}

/** A node's ancestors, nearest first. One list per node would be quadratic in a long chain of calls. */
export interface Above {
  readonly node: Node;
  readonly above: Above | undefined;
}

/** What the doctor reads from a file. */
export interface CodeModule {
  readonly path: string;
  readonly imports: readonly Imported[];
  readonly uses: readonly Use[];
  /** Every name outside of imports, also in types and JSX. */
  readonly names: ReadonlySet<string>;
  /** Names that the file exports, `default` as well. */
  readonly exports: ReadonlySet<string>;
  /** Names that are declared by a value: `const session = sessions(...)`. */
  readonly declared: ReadonlyMap<Node, string>;
  lineOf(offset: number): number;
}

const mostNodes = 2_000_000;

/** Returns undefined if the file can't be parsed. */
export function readModule({ path, text }: SourceFile): CodeModule | undefined {
  const { program } = parseJavascript(path, text);
  if (program === undefined) return undefined;
  const lineOf = lines(text);
  const imports: Imported[] = [];
  const uses: Use[] = [];
  const exports = new Set<string>();
  const declared = new Map<Node, string>();
  const names = new Set<string>();
  const open: (Above & { readonly isType: boolean })[] = [{ node: program, above: undefined, isType: false }];
  let count = 0;
  for (let at = open.pop(); at && count < mostNodes; at = open.pop(), count++) {
    const { node, above } = at;
    if (node.type === 'ImportDeclaration') {
      imports.push(...importsOf(node, lineOf(node.start)));
      continue;
    }
    const isType = at.isType || (node.type.startsWith('TS') && !keepsValues.has(node.type));
    if (node.type === 'Identifier' || node.type === 'JSXIdentifier') names.add(node.name);
    addExports(node, exports);
    if (node.type === 'VariableDeclarator' && node.init) {
      if (node.id.type === 'Identifier') declared.set(unwrap(node.init), node.id.name);
      imports.push(...requiredBy(node, lineOf(node.start)));
    }
    if (!isType && node.type === 'Identifier' && isUse(node, above?.node)) uses.push(useOf(node, above));
    const inner = { node, above };
    for (const child of childrenOf(node).reverse()) open.push({ node: child, above: inner, isType });
  }
  return { path, imports, uses, names, exports, declared, lineOf };
}

/** TypeScript nodes that contain code. */
const keepsValues = new Set([
  ...['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion'],
  ...[
    'TSInstantiationExpression',
    'TSExportAssignment',
    'TSModuleDeclaration',
    'TSModuleBlock',
    'TSParameterProperty',
  ],
]);

function childrenOf(node: Node): Node[] {
  const isNode = (value: unknown): value is Node =>
    typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
  return Object.entries(node)
    .filter(([key]) => key !== 'parent')
    .flatMap(([, value]) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));
}

function importsOf(node: Extract<Node, { type: 'ImportDeclaration' }>, line: number): Imported[] {
  if (node.importKind === 'type') return [];
  return node.specifiers.flatMap((specifier) => {
    const common = { local: specifier.local.name, from: node.source.value, line };
    if (specifier.type === 'ImportDefaultSpecifier') return [{ ...common, name: 'default' }];
    if (specifier.type === 'ImportNamespaceSpecifier') return [{ ...common, name: '*' }];
    if (specifier.importKind === 'type') return [];
    const { imported } = specifier;
    return [{ ...common, name: imported.type === 'Identifier' ? imported.name : imported.value }];
  });
}

/** `const { bulwark } = require('bulwark/express')` */
function requiredBy(node: Extract<Node, { type: 'VariableDeclarator' }>, line: number): Imported[] {
  const call = node.init && unwrap(node.init);
  if (call?.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'require')
    return [];
  const from = stringOf(call.arguments[0]);
  if (from === undefined) return [];
  if (node.id.type === 'Identifier') return [{ local: node.id.name, name: '*', from, line }];
  if (node.id.type !== 'ObjectPattern') return [];
  return node.id.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.value.type !== 'Identifier') return [];
    return property.key.type === 'Identifier'
      ? [{ local: property.value.name, name: property.key.name, from, line }]
      : [];
  });
}

function addExports(node: Node, exports: Set<string>): void {
  if (node.type === 'ExportDefaultDeclaration' || node.type === 'TSExportAssignment') exports.add('default');
  if (node.type !== 'ExportNamedDeclaration') return;
  for (const { local } of node.specifiers) if (local.type === 'Identifier') exports.add(local.name);
  if (node.declaration?.type !== 'VariableDeclaration') return;
  for (const { id } of node.declaration.declarations) if (id.type === 'Identifier') exports.add(id.name);
}

/** Excludes declarations, properties and keys. */
function isUse(node: Node, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.init === node;
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
      return parent.value === node || parent.computed;
    case 'ExportSpecifier':
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'LabeledStatement':
      return false;
    default:
      return true;
  }
}

function useOf(node: Extract<Node, { type: 'Identifier' }>, above: Above | undefined): Use {
  const parent = above?.node;
  const isMember = parent?.type === 'MemberExpression' && parent.object === node;
  const member =
    isMember && !parent.computed && parent.property.type === 'Identifier' ? parent.property.name : undefined;
  const isCall = parent?.type === 'CallExpression' && parent.callee === node;
  return { name: node.name, member, isCall, node, above };
}

function lines(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
