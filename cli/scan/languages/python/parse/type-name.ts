import type { TypeName } from '../../../ir/ir.ts';
import { resolve, type Scope } from './scope.ts';

/**
 * The type that an annotation names: `Optional[Request]`, `Request | None`, `Annotated[Request, ...]` and `'Request'` ->
 * Request; `list[User]` -> User; Pydantic's `constr(max_length=8)` -> `str`. Undefined for a union of several types.
 */
export function typeNameOf(text: string, scope: Scope): TypeName | undefined {
  let type = text.trim();
  for (let unwrapped = 0; unwrapped < maxUnwrapped; unwrapped++) {
    if (isDotted(type)) return named(type, scope);
    if (type.length > maxLength) return undefined;
    const quoted = /^[rub]?(['"])(.*)\1$/is.exec(type);
    if (quoted) {
      type = (quoted[2] ?? '').trim();
      continue;
    }
    const choices = splitOutside(type, '|');
    if (choices.length > 1) {
      const [only, other] = choices.filter((choice) => choice !== 'None');
      if (only === undefined || other !== undefined) return undefined;
      type = only;
      continue;
    }
    const constrained = /^(?:\w+\.)*con(str|bytes|int|float|decimal)\s*\(/.exec(type)?.[1];
    if (constrained) return { name: constrained === 'decimal' ? 'Decimal' : constrained };
    const generic = /^([\w.]+)\s*\[(.*)\]$/s.exec(type);
    const head = generic?.[1] ?? '';
    const [first = '', ...others] = generic ? splitOutside(generic[2] ?? '', ',') : [];
    const bare = head.slice(head.lastIndexOf('.') + 1);
    if (bare === 'Union') {
      type = [first, ...others].join('|');
    } else if (wrappers.has(bare) || (collections.has(bare) && !/^(str|bytes|Any)?$/.test(first.trim()))) {
      type = first;
    } else {
      return head ? named(head, scope) : undefined;
    }
  }
  return undefined;
}

const maxUnwrapped = 12;
const maxLength = 2000;
const wrappers: ReadonlySet<string> = new Set([
  'Optional',
  'Annotated',
  'Awaitable',
  'Required',
  // The declared return types of generators, which are reduced to the type of the yielded values.
  'Iterator',
  'AsyncIterator',
  'Generator',
  'AsyncGenerator',
  'NotRequired',
  'Final',
  'ClassVar',
  // SQLAlchemy's columns.
  'Mapped',
]);

/** A collection is reduced to the type of its items. A collection of strings is no string. */
const collections: ReadonlySet<string> = new Set(
  'list List set Set frozenset FrozenSet Sequence Iterable Collection'.split(' '),
);

function isDotted(type: string): boolean {
  return /^[^\W\d]\w*(?:\.[^\W\d]\w*)*$/u.test(type);
}

function named(type: string, scope: Scope): TypeName {
  const [first = '', ...path] = type.split('.');
  const binding = resolve(scope, first);
  if (binding?.import) {
    const { specifier, name } = binding.import;
    return { import: specifier, path: name === '*' ? path : [name, ...path] };
  }
  if (binding && binding.class >= 0 && path.length === 0) return { class: binding.class };
  if (binding && binding.cell >= 0 && !binding.isDefinition && path.length === 0)
    return { cell: binding.cell };
  return { name: type };
}

/** Splits at separators outside brackets and quotes. */
function splitOutside(type: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let i = 0; i < type.length; i++) {
    const char = type[i] ?? '';
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '[' || char === '(') depth++;
    else if (char === ']' || char === ')') depth--;
    else if (char === separator && depth === 0) {
      parts.push(type.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(type.slice(start).trim());
  return parts;
}
