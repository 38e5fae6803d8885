import { stringValue } from '../../scan/languages/python/parse/literal.ts';
import type { Node } from '../../scan/languages/python/parse/tree.ts';
import type { Subject } from '../subject/subject.ts';
import { assignedTo, nodesWithin } from './constant-text.ts';
import { moduleFinder } from './find-module.ts';
import { loadedReader, type ModuleFile, textOf } from './module-file.ts';

/** A name that holds the origin of a request, and the code around it. */
interface Place {
  readonly module: ModuleFile;
  readonly subject: Subject;
  /** As the code writes it: a name, or the header of the request itself. */
  readonly written: string;
  readonly code: Node;
  readonly owner: Node | undefined;
}

/** An expression that is the `Origin` of the request. */
export const originOfRequest: RegExp =
  /^(self\.)?(flask\.)?(request|req)\.(headers(\.get\(\s*|\[)["']origin["'](\s*,[^()]*)?[)\]]|origin|(META|environ)(\.get\(|\[)["']HTTP_ORIGIN["'](\s*,[^()]*)?[)\]])$/i;

/** Whether a place is reached only if the origin of the request, which it uses, is in a list that is written out. */
export function isListedOrigin(
  module: ModuleFile,
  value: Node,
  around: readonly Node[],
  subject: Subject,
): boolean {
  const at = around.findIndex(({ kind }) => kind === 'function_definition');
  const code = around[at];
  if (!code) return false;
  const owner = around.slice(0, at).findLast(({ kind }) => kind === 'class_definition');
  if (value.kind === 'conditional_expression') {
    const [then, condition, otherwise] = value.children;
    const place = then && placeOf({ module, subject, code, owner }, then);
    return (
      place !== undefined &&
      condition !== undefined &&
      tells(condition, true, place) &&
      otherwise?.kind === 'string' &&
      isSite(module, otherwise)
    );
  }
  const place = placeOf({ module, subject, code, owner }, value);
  const path = [...around.slice(at), value];
  return (
    place !== undefined &&
    path.some((parent, index) => {
      const child = path[index + 1];
      return child !== undefined && decides(parent, child, place);
    })
  );
}

function placeOf(base: Omit<Place, 'written'>, value: Node): Place | undefined {
  const { module, code } = base;
  const written = textOf(module, value);
  if (value.kind !== 'identifier') return originOfRequest.test(written) ? { ...base, written } : undefined;
  const [source, ...others] = assignedTo(module, code, written);
  const isOrigin = source !== undefined && originOfRequest.test(textOf(module, source));
  const isBound = nodesWithin(code).some(
    ({ kind, children }) =>
      (binds.has(kind) && children[0] && textOf(module, children[0]) === written) ||
      (/_pattern$|^pattern_list$/.test(kind) && children.some((one) => textOf(module, one) === written)),
  );
  return isOrigin && others.length === 0 && !isBound ? { ...base, written } : undefined;
}

/** What gives a name a value besides an assignment. */
const binds: ReadonlySet<string> = new Set(['named_expression', 'for_statement', 'as_pattern_target']);

function decides(parent: Node, child: Node, place: Place): boolean {
  const [condition, block] = parent.children;
  if (parent.kind === 'if_statement' || parent.kind === 'elif_clause')
    return block === child && condition !== undefined && tells(condition, true, place);
  if (parent.kind !== 'block') return false;
  return parent.children.slice(0, parent.children.indexOf(child)).some((before) => leaves(before, place));
}

/** `if origin not in ALLOWED: return response` */
function leaves({ kind, children }: Node, place: Place): boolean {
  const [condition, block, ...others] = children;
  const last = block?.children.at(-1)?.kind;
  return (
    kind === 'if_statement' &&
    others.length === 0 &&
    condition !== undefined &&
    (last === 'return_statement' || last === 'raise_statement') &&
    tells(condition, false, place)
  );
}

/** Whether the origin is listed if a condition turns out so. */
function tells(condition: Node, isTrue: boolean, place: Place, depth = 0): boolean {
  const { module, written } = place;
  const [first, sign, second] = condition.children;
  if (depth > 8 || !first) return false;
  const is = (node: Node | undefined): boolean => node !== undefined && textOf(module, node) === written;
  switch (condition.kind) {
    case 'parenthesized_expression':
      return tells(first, isTrue, place, depth + 1);
    case 'not_operator':
      return tells(first, !isTrue, place, depth + 1);
    case 'boolean_operator': {
      const sides = [first, condition.children.at(-1) ?? first];
      const isBoth = (sign?.kind === 'and') === isTrue;
      const told = (side: Node): boolean => tells(side, isTrue, place, depth + 1);
      return isBoth ? sides.some(told) : sides.every(told);
    }
    case 'comparison_operator': {
      if (condition.children.length !== 3 || !second) return false;
      if (sign?.kind === (isTrue ? 'in' : 'not in')) return is(first) && isFixedList(second, place);
      if (sign?.kind !== (isTrue ? '==' : '!=')) return false;
      return (is(first) && isSite(module, second)) || (is(second) && isSite(module, first));
    }
    case 'call':
      return isTrue && tellsByHelper(condition, place);
    default:
      return false;
  }
}

/** `is_partner(origin)`, a function of the file whose one answer besides `False` is such a condition. */
function tellsByHelper({ children: [callee, given] }: Node, place: Place): boolean {
  const { module, written } = place;
  const isOwn =
    given?.children.length === 1 && given.children[0] && textOf(module, given.children[0]) === written;
  if (callee?.kind !== 'identifier' || !isOwn) return false;
  const name = textOf(module, callee);
  const named = nodesWithin(module.root).filter(
    ({ kind, children: [own] }) =>
      (kind === 'function_definition' || kind === 'class_definition') && own && textOf(module, own) === name,
  );
  const [code] = named;
  const parameter = code?.children.find(({ kind }) => kind === 'parameters')?.children[0];
  if (!code || !parameter || named.length > 1 || assignedTo(module, module.root, name).length > 0)
    return false;
  const [own = ''] = textOf(module, parameter).split(/[\s:=]/, 1);
  if (!/^\w+$/.test(own) || assignedTo(module, code, own).length > 0) return false;
  const answers = nodesWithin(code).filter(({ kind }) => kind === 'return_statement');
  const inner = { ...place, written: own, code };
  return (
    answers.length > 0 &&
    answers.every(
      ({ children: [answer] }) =>
        !answer || /^(false|none)$/.test(answer.kind) || tells(answer, true, inner, 4),
    )
  );
}

/** A list of texts that are written out, here or in a module of the project. */
function isFixedList(node: Node, place: Place, depth = 0): boolean {
  const { module, subject, code, owner } = place;
  const [first, second] = node.children;
  if (depth > 6) return false;
  switch (node.kind) {
    case 'list':
    case 'tuple':
    case 'set':
      return node.children.length > 0 && node.children.every((item) => isSite(module, item));
    case 'call': {
      const isCopy = first && /^(frozenset|set|tuple|list)$/.test(textOf(module, first));
      const [only] = second?.children ?? [];
      return (
        isCopy === true &&
        second?.children.length === 1 &&
        only !== undefined &&
        isFixedList(only, place, depth + 1)
      );
    }
    case 'attribute': {
      if (!first || !second || first.kind !== 'identifier') return false;
      const name = textOf(module, second);
      if (textOf(module, first) === 'self' && owner) {
        const isSet = new RegExp(`\\b(self|cls)\\.${name}\\b\\s*(=[^=]|\\.|\\+|\\[)`).test(
          textOf(module, owner),
        );
        return !isSet && isFixedName(name, module, owner, place, depth);
      }
      const path = importedFrom(textOf(module, first), undefined, module, subject);
      return isFixedIn(path, name, place, depth);
    }
    case 'identifier': {
      const name = textOf(module, node);
      const parameters = code.children.find(({ kind }) => kind === 'parameters');
      if (parameters && nodesWithin(parameters).some((one) => textOf(module, one) === name)) return false;
      if (assignedTo(module, module.root, name).length > 0)
        return (
          assignedTo(module, code, name).length === 0 && isFixedName(name, module, module.root, place, depth)
        );
      return isFixedIn(importedFrom(name, name, module, subject), name, place, depth);
    }
    default:
      return false;
  }
}

function isFixedName(name: string, module: ModuleFile, root: Node, place: Place, depth: number): boolean {
  const [value, ...others] = assignedTo(module, root, name);
  const isChanged = new RegExp(
    `(?<![\\w.])${name}\\s*(\\.(append|add|extend|insert|update)\\b|\\+=|\\|=|\\[)`,
  ).test(module.text);
  return (
    value !== undefined &&
    others.length === 0 &&
    !isChanged &&
    isFixedList(value, { ...place, module }, depth + 1)
  );
}

function isFixedIn(path: string | undefined, name: string, place: Place, depth: number): boolean {
  const found = path === undefined ? undefined : loadedReader(place.subject)?.(path);
  if (!found || found.problem !== undefined) return false;
  return isFixedName(
    name,
    found,
    found.root,
    { ...place, module: found, code: found.root, owner: undefined },
    depth + 1,
  );
}

/** The file that `from .settings import NAME` or `from . import settings` takes a name from. */
function importedFrom(
  local: string,
  name: string | undefined,
  module: ModuleFile,
  subject: Subject,
): string | undefined {
  const find = moduleFinder(subject.paths);
  const found = nodesWithin(module.root).flatMap(({ kind, children: [from, ...names] }) => {
    if (kind !== 'import_from_statement' || !from) return [];
    if (!names.some((one) => textOf(module, one) === local)) return [];
    const base = textOf(module, from);
    return (
      find(name === undefined ? `${base}${base.endsWith('.') ? '' : '.'}${local}` : base, module.path) ?? []
    );
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The origin of one site. */
function isSite(module: ModuleFile, node: Node): boolean {
  const text = node.kind === 'string' ? stringValue(textOf(module, node)) : undefined;
  return text !== undefined && /^[a-z][\w+.-]*:\/\/[\w.:[\]-]+$/i.test(text);
}
