import { stringValue } from '../../scan/python/literal.ts';
import type { Node } from '../../scan/python/tree.ts';
import { isProductionPath } from '../subject/production-path.ts';
import type { Subject } from '../subject/subject.ts';
import { isForDevelopment } from './deployed-variables.ts';
import { loadedReader, type ModuleFile, type Spot, spotOf, textOf } from './module-file.ts';

/** A place that sets a header of responses. */
export interface HeaderWrite {
  readonly spot: Spot;
  /** Undefined if it is computed. */
  readonly value: string | undefined;
  /** It is the `Origin` of the request, whatever that is. */
  readonly isOrigin: boolean;
  /** The class whose `dispatch` sets it for every response. */
  readonly middleware: string | undefined;
}

export interface HeaderWrites {
  readonly writes: readonly HeaderWrite[];
  /** Whether these are all places of the project that name the header. */
  readonly isWhole: boolean;
}

const mostFiles = 2000;
const mostWrites = 50;

/**
 * What Python code sets a header to. The applications of the project were read before.
 *
 * @param name in lower case
 */
export function headerWrites(subject: Subject, name: string): HeaderWrites {
  const readModule = loadedReader(subject);
  const writes: HeaderWrite[] = [];
  let named = 0;
  const paths = subject.paths.filter((path) => isProductionPath(path) && !isForDevelopment(path));
  for (const path of paths.slice(0, mostFiles)) {
    const isCode = path.endsWith('.py');
    if (!isCode && !configuration.test(path)) continue;
    const places = mentions(subject.read(path) ?? '', name);
    named += places;
    const module = isCode && places > 0 ? readModule?.(path) : undefined;
    if (module) collect(module, module.root, name, [], writes);
  }
  return {
    writes: writes.slice(0, mostWrites),
    isWhole: named <= writes.length && writes.length <= mostWrites,
  };
}

const configuration = /\.(conf|html?|ya?ml|toml|tf)$|(^|\/)(Caddyfile|nginx[^/]*|\.htaccess)$/i;

function mentions(text: string, name: string): number {
  return text
    .toLowerCase()
    .split('\n')
    .filter((line) => line.includes(name) && !/^\s*#/.test(line)).length;
}

function collect(
  module: ModuleFile,
  root: Node,
  name: string,
  around: readonly Node[],
  writes: HeaderWrite[],
): void {
  if (around.length > 150 || writes.length > mostWrites) return;
  const value = writtenBy(module, root, name);
  if (value) writes.push(describe(module, value, around));
  for (const child of root.children) collect(module, child, name, [...around, root], writes);
}

/** The value of `headers['Name'] = value`, `headers.setdefault('Name', value)` and `{'Name': value}`. */
function writtenBy(module: ModuleFile, node: Node, name: string): Node | undefined {
  const [first, second] = node.children;
  const isName = (one: Node | undefined): boolean =>
    one?.kind === 'string' && stringValue(textOf(module, one)).toLowerCase() === name;
  if (node.kind === 'assignment' && first?.kind === 'subscript' && isName(first.children[1]))
    return node.children.at(-1);
  if (node.kind === 'pair' && isName(first)) return second;
  if (node.kind !== 'call' || first?.kind !== 'attribute' || !isName(second?.children[0])) return undefined;
  const method = textOf(module, first.children.at(-1) ?? first);
  return /^(setdefault|set|add|append|set_header|add_header)$/.test(method) ? second?.children[1] : undefined;
}

function describe(module: ModuleFile, value: Node, around: readonly Node[]): HeaderWrite {
  const at = around.findLastIndex(({ kind }) => kind === 'function_definition');
  const code = around[at];
  const inside = at < 0 ? [] : around.slice(at + 1);
  return {
    spot: spotOf(module, value),
    value: constant(module, value, 0),
    isOrigin: code !== undefined && isOrigin(module, value, code),
    middleware:
      code && inside.every(({ kind }) => always.has(kind)) ? middlewareOf(module, code, around) : undefined,
  };
}

const always: ReadonlySet<string> = new Set(['block', 'expression_statement', 'assignment']);

function middlewareOf(module: ModuleFile, code: Node, around: readonly Node[]): string | undefined {
  const name = code.children.find(({ kind }) => kind === 'identifier');
  const owner = around.findLast(({ kind }) => kind === 'class_definition')?.children[0];
  const returns = within(code).filter(({ kind }) => kind === 'return_statement').length;
  const isDispatch = name !== undefined && textOf(module, name) === 'dispatch' && returns === 1;
  return isDispatch && owner ? textOf(module, owner) : undefined;
}

/** A text, or a name that the file sets once to one. */
function constant(module: ModuleFile, node: Node, depth: number): string | undefined {
  if (depth > 10) return undefined;
  const [first] = node.children;
  if (node.kind === 'parenthesized_expression' && first) return constant(module, first, depth + 1);
  if (node.kind === 'string') {
    const isPlain = node.children.every(({ kind }) => kind !== 'interpolation');
    return isPlain ? stringValue(textOf(module, node)) : undefined;
  }
  if (node.kind === 'concatenated_string') {
    const parts = node.children.map((part) => constant(module, part, depth + 1));
    return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
  }
  if (node.kind !== 'identifier') return undefined;
  const set = assignedTo(module, module.root, textOf(module, node));
  return set.length === 1 && set[0] ? constant(module, set[0], depth + 1) : undefined;
}

function assignedTo(module: ModuleFile, root: Node, name: string): readonly Node[] {
  return within(root).flatMap((node) => {
    const [target] = node.children;
    const isTarget = target?.kind === 'identifier' && textOf(module, target) === name;
    const value = node.children.at(-1);
    return isTarget && node.kind.endsWith('assignment') && value ? [value] : [];
  });
}

const origin =
  /^(self\.)?(flask\.)?(request|req)\.(headers(\.get\(\s*|\[)["']origin["'](\s*,[^()]*)?[)\]]|origin|(META|environ)(\.get\(|\[)["']HTTP_ORIGIN["'](\s*,[^()]*)?[)\]])$/i;

/** Nothing in the function compares it with anything. */
function isOrigin(module: ModuleFile, value: Node, code: Node): boolean {
  const written = textOf(module, value);
  const set = value.kind === 'identifier' ? assignedTo(module, code, written) : [value];
  const [source] = set;
  if (set.length !== 1 || !source || !origin.test(textOf(module, source))) return false;
  return within(code).every(({ kind, children }) => {
    if (kind === 'conditional_expression' || kind === 'match_statement' || kind === 'assert_statement')
      return false;
    if (kind !== 'if_statement' && kind !== 'elif_clause') return true;
    const [condition] = children;
    const text = condition ? textOf(module, condition) : '';
    return text === written || text === textOf(module, source) || text === `${written} is not None`;
  });
}

const mostNodes = 50_000;

function within(root: Node): readonly Node[] {
  const nodes: Node[] = [root];
  for (let at = 0; at < nodes.length && nodes.length < mostNodes; at++)
    nodes.push(...(nodes[at]?.children ?? []));
  return nodes;
}
