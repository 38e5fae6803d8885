import type { Node } from '../../scan/languages/python/parse/tree.ts';
import { isProductionPath } from '../subject/production-path.ts';
import type { Subject } from '../subject/subject.ts';
import { assignedTo, hole, nodesWithin, templateText } from './constant-text.ts';
import { isForDevelopment } from './deployed-variables.ts';
import { isListedOrigin, originOfRequest } from './listed-origin.ts';
import { loadedReader, type ModuleFile, type Spot, spotOf, textOf } from './module-file.ts';
import { middlewareAround } from './sent-always.ts';

/** A place that sets a header of responses. */
export interface HeaderWrite {
  readonly spot: Spot;
  /** Undefined if it is computed. */
  readonly value: string | undefined;
  /** The text, with a hole for each part that is computed. Undefined if it is computed as a whole. */
  readonly template: string | undefined;
  /** The file makes a random value for each request, such as a nonce. */
  readonly isFresh: boolean;
  /** It is the `Origin` of the request, whatever that is. */
  readonly isOrigin: boolean;
  /** It is the `Origin` of a request where that is in a list that is written out. */
  readonly isListed: boolean;
  /** What sets it for every response: the name of a class, or `ofDecorator`. */
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
    if (module) collect(module, module.root, { name, subject }, [], writes);
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
  wanted: { readonly name: string; readonly subject: Subject },
  around: readonly Node[],
  writes: HeaderWrite[],
): void {
  if (around.length > 150 || writes.length > mostWrites) return;
  const value = writtenBy(module, root, wanted.name);
  if (value) writes.push(describe(module, value, around, wanted.subject));
  for (const child of root.children) collect(module, child, wanted, [...around, root], writes);
}

/** The value of `headers['Name'] = value`, `headers.setdefault('Name', value)` and `{'Name': value}`. */
function writtenBy(module: ModuleFile, node: Node, name: string): Node | undefined {
  const [first, second] = node.children;
  const isName = (one: Node | undefined): boolean =>
    (one?.kind === 'string' || one?.kind === 'identifier') &&
    templateText(module, one)?.toLowerCase() === name;
  if (node.kind === 'assignment' && first?.kind === 'subscript' && isName(first.children[1]))
    return node.children.at(-1);
  if (node.kind === 'pair' && isName(first)) return second;
  if (node.kind !== 'call' || first?.kind !== 'attribute' || !isName(second?.children[0])) return undefined;
  const method = textOf(module, first.children.at(-1) ?? first);
  return /^(setdefault|set|add|append|set_header|add_header)$/.test(method) ? second?.children[1] : undefined;
}

function describe(module: ModuleFile, value: Node, around: readonly Node[], subject: Subject): HeaderWrite {
  const at = around.findLastIndex(({ kind }) => kind === 'function_definition');
  const code = around[at];
  const text = templateText(module, value);
  const isConstant = text !== undefined && !text.includes(hole);
  return {
    spot: spotOf(module, value),
    value: isConstant ? text : undefined,
    template: text,
    isFresh: isFresh(module),
    isOrigin: code !== undefined && isOrigin(module, value, code, around),
    isListed: isListedOrigin(module, value, around, subject),
    middleware: code ? middlewareAround(module, around) : middlewareOfList(module, around),
  };
}

const random = /\b(token_(urlsafe|hex|bytes)|uuid4|urandom)\s*\(/g;

/** Whether the file makes random values, and each of them in a function: for one request, as far as the file shows. */
function isFresh(module: ModuleFile): boolean {
  const count = (text: string): number => [...text.matchAll(random)].length;
  const inFunctions = outermostFunctions(module.root).map((node) => count(textOf(module, node)));
  const sum = inFunctions.reduce((one, other) => one + other, 0);
  return sum > 0 && sum === count(module.text);
}

function outermostFunctions(root: Node): readonly Node[] {
  const found: Node[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'function_definition') found.push(node);
    else open.push(...node.children);
  }
  return found;
}

/** Of `HEADERS = {...}`, all of which a middleware of the file sets: `headers.update(HEADERS)`, `for name, value in HEADERS.items()`. */
function middlewareOfList(module: ModuleFile, around: readonly Node[]): string | undefined {
  const [target] = around.findLast(({ kind }) => kind === 'assignment')?.children ?? [];
  if (target?.kind !== 'identifier') return undefined;
  const name = textOf(module, target);
  const uses: string[] = [];
  const walk = (node: Node, parents: readonly Node[]): void => {
    if (parents.length > 150 || uses.length > 0) return;
    const isUse = isWholeUse(module, node, name);
    const found = isUse ? middlewareAround(module, parents) : undefined;
    if (found !== undefined) uses.push(found);
    for (const child of node.children) walk(child, [...parents, node]);
  };
  walk(module.root, []);
  return uses[0];
}

function isWholeUse(module: ModuleFile, node: Node, name: string): boolean {
  if (node.kind !== 'call' && node.kind !== 'for_statement') return false;
  const text = textOf(module, node).slice(0, 500);
  if (node.kind === 'call') return new RegExp(`^[\\w.]*headers\\.update\\(\\s*${name}\\s*\\)$`).test(text);
  const pairs = new RegExp(
    `^for\\s+\\(?(\\w+),\\s*(\\w+)\\)?\\s+in\\s+${name}(?:\\.items\\(\\))?:\\s+[\\w.]*headers(?:\\[\\1\\]\\s*=\\s*\\2|\\.(?:setdefault|append)\\(\\1,\\s*\\2\\))\\s*$`,
  );
  return pairs.test(text);
}

/** Nothing in the function compares it with anything, and no other condition decides whether the place is reached. */
function isOrigin(module: ModuleFile, value: Node, code: Node, around: readonly Node[]): boolean {
  const written = textOf(module, value);
  const set = value.kind === 'identifier' ? assignedTo(module, code, written) : [value];
  const [source] = set;
  if (set.length !== 1 || !source || !originOfRequest.test(textOf(module, source))) return false;
  return nodesWithin(code).every((node) => {
    const { kind, children } = node;
    if (kind === 'conditional_expression' || kind === 'match_statement' || kind === 'assert_statement')
      return false;
    if (kind !== 'if_statement' && kind !== 'elif_clause') return true;
    const [condition] = children;
    const text = condition ? textOf(module, condition) : '';
    if (text === written || text === textOf(module, source) || text === `${written} is not None`) return true;
    return (
      !around.includes(node) &&
      !/origin/i.test(text) &&
      !text.includes(written) &&
      nodesWithin(node).every((one) => one.kind !== 'return_statement' && one.kind !== 'raise_statement')
    );
  });
}
