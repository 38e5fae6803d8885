import {
  type Abstract,
  cleaned,
  constant,
  deepTaints,
  derived,
  tainted,
} from '../dataflow/domain/abstract.ts';
import { list, load, object, store, storeAll } from '../dataflow/domain/entries.ts';
import { KindSet } from '../dataflow/domain/kind-set.ts';
import { allKinds, type Kinds, noKinds } from '../dataflow/domain/kinds.ts';

/** The internal fields of a value that represents a schema. No program uses these names. */
const cleanKey = '\0clean';
const shapeKey = '\0shape';
const openKey = '\0open';
const makingKey = '\0making';

/** Returns an abstract schema, which sanitises data for the kinds `clean`. `shape` holds a schema for each field. */
export function schema(clean: Kinds, shape?: Abstract): Abstract {
  const entries: [string, Abstract][] = [[cleanKey, constant(clean.id)]];
  if (shape) entries.push([shapeKey, shape]);
  return object(entries);
}

export function isSchema(it: Abstract | undefined): it is Abstract {
  return it?.fields?.has(cleanKey) ?? false;
}

export function withClean(it: Abstract, clean: Kinds): Abstract {
  return store(it, cleanKey, constant(clean.id));
}

/** Returns the schema with a mark: it also admits fields that it does not name. */
export function opened(it: Abstract): Abstract {
  return store(it, openKey, constant(true));
}

/** Returns the schema with a mark: it converts its input, so that a check against it proves nothing about the input. */
export function making(it: Abstract): Abstract {
  return store(it, makingKey, constant(true));
}

export function isMaking(it: Abstract): boolean {
  return it.fields?.has(makingKey) ?? false;
}

export function shapeOf(by: Abstract): Abstract | undefined {
  return by.fields?.get(shapeKey);
}

export function cleanOf(by: Abstract): Kinds {
  return KindSet.withId(Number(by.fields?.get(cleanKey)?.consts?.[0] ?? noKinds.id));
}

/** The sink kinds that the input itself is clean for after a check against a schema. None if the schema converts its input. */
export function provenBy(by: Abstract): Kinds {
  if (isMaking(by)) return noKinds;
  const item = shapeOf(by)?.rest;
  return isSchema(item) ? provenBy(item) : cleanOf(by);
}

/** The value that a schema returns for the input `data`, marked as sanitised for the sink kinds of the schema. */
export function admit(by: Abstract, data: Abstract): Abstract {
  const clean = cleanOf(by);
  const shape = shapeOf(by);
  if (shape?.fields && (shape.fields.size > 0 || !shape.rest)) {
    const entries = [...shape.fields].map(([name, inner]) => {
      const it = load(data, name);
      return [name, isSchema(inner) ? admit(inner, it) : it] as const;
    });
    return by.fields?.has(openKey) ? storeAll(data, entries) : object(entries);
  }
  if (shape?.rest) {
    const item = isSchema(shape.rest) ? admit(shape.rest, tainted(derived(deepTaints(data)))) : data;
    return list([], item);
  }
  return clean === allKinds ? cleaned(data, allKinds) : cleaned(data, clean);
}
