import { runs } from './condition.ts';
import type { Declaration } from './declarations.ts';
import type { Evaluator } from './evaluate.ts';
import type { ModuleFile } from './module-file.ts';
import { unknownValue, type Value } from './value.ts';

const mostWrites = 100;

/** The value of a variable that is assigned to: `if (production) options.cookie.secure = true`. */
export function writtenValue(
  initial: Value,
  { writes }: Extract<Declaration, { kind: 'variable' }>,
  file: ModuleFile,
  evaluator: Evaluator,
): Value {
  if (writes.length > mostWrites) return unknownValue('it is assigned too often');
  let value = initial;
  for (const write of writes) {
    const state = runs(file, write.node, evaluator);
    if (state === 'never') continue;
    if (write.added) {
      const items = state === 'always' ? write.added.map((one) => evaluator.evaluate(file, one)) : [];
      value = withItems(value, write.path, items);
      continue;
    }
    const next =
      state === 'always' && write.value
        ? evaluator.evaluate(file, write.value)
        : unknownValue(
            state === 'always' ? 'it is computed' : `whether it is changed depends on ${state.why}`,
          );
    value = withWrite(value, write.path, next);
  }
  return value;
}

function withWrite(value: Value, path: readonly string[] | undefined, next: Value): Value {
  if (path === undefined)
    return value.kind === 'object' ? opened(value) : unknownValue('it is changed later');
  const [key, ...rest] = path;
  if (key === undefined) return next.kind === 'unknown' && value.kind === 'object' ? opened(value) : next;
  // A property of something of a library, such as `app.locals`, does not change what that is.
  if (value.kind !== 'object') return value;
  const inner: Value = value.fields.get(key) ?? { kind: 'object', fields: new Map(), isOpen: value.isOpen };
  return { ...value, fields: new Map([...value.fields, [key, withWrite(inner, rest, next)]]) };
}

/** A list with more items; one that is changed in other ways, or perhaps, is open. */
function withItems(value: Value, path: readonly string[] | undefined, items: readonly Value[]): Value {
  const [key, ...rest] = path ?? [];
  if (path !== undefined && key !== undefined) {
    const inner = value.kind === 'object' ? value.fields.get(key) : undefined;
    if (value.kind !== 'object' || inner === undefined) return value;
    return { ...value, fields: new Map([...value.fields, [key, withItems(inner, rest, items)]]) };
  }
  if (value.kind !== 'array') return value;
  return { ...value, items: [...value.items, ...items], isOpen: value.isOpen || items.length === 0 };
}

function opened(value: Extract<Value, { kind: 'object' }>): Value {
  const fields = [...value.fields.keys()].map(
    (key) => [key, unknownValue('it may be changed later')] as const,
  );
  return { kind: 'object', fields: new Map(fields), isOpen: true };
}
