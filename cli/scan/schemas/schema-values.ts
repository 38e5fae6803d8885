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

/** Where a value holds what a schema lets through: names that no program uses itself. */
const cleanKey = '\0clean';
const shapeKey = '\0shape';
const openKey = '\0open';
const makingKey = '\0making';

/** A schema that leaves data harmless for these kinds, or that has a schema for each of its fields. */
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

/** The same schema, which lets fields through that it does not name. */
export function opened(it: Abstract): Abstract {
  return store(it, openKey, constant(true));
}

/** The same schema, which makes what it gives of anything: of what it was given it says nothing. */
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

/** For what data is harmless that was seen to be what a schema says. */
export function provenBy(by: Abstract): Kinds {
  if (isMaking(by)) return noKinds;
  const item = shapeOf(by)?.rest;
  return isSchema(item) ? provenBy(item) : cleanOf(by);
}

/** What a schema lets through of data. */
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
