import { maxSchemaChain } from '../budgets/schemas.ts';
import type { Linked } from '../callgraph/linked.ts';
import { instAt, origin, type Place } from '../callgraph/query/called-on.ts';
import { methodAt } from '../callgraph/query/method-at.ts';
import { schemaLibraries } from '../libraries/javascript/data/schema-names.ts';

/** The library that a schema or its factory comes from, also across files: `yup` for `yup.object({}).required()`. */
export function libraryOf(linked: Linked, from: Place): string | undefined {
  let place = origin(linked, from);
  for (let hop = 0; hop < maxSchemaChain; hop++) {
    const inst = instAt(linked, place);
    if (inst?.op === 'import') return schemaLibraries.has(inst.specifier) ? inst.specifier : undefined;
    const before = inst?.op === 'call' ? inst.callee : inst?.op === 'member' ? inst.object : undefined;
    if (before === undefined) return undefined;
    place = origin(linked, { func: place.func, value: before });
  }
  return undefined;
}

/**
 * Whether a library's `date` schema accepts any text that `new Date` parses, such as `2020-01-01 (' OR 1=1 -- )`, and returns the
 * parsed date.
 */
export function readsDates(library: string | undefined): boolean {
  return library !== undefined && /^(?:joi|@hapi\/joi|celebrate|yup)$/.test(library);
}

/**
 * Whether a list of admitted values refers to another field: `Joi.valid(Joi.ref('password'))`, `oneOf([yup.ref('password')])`.
 */
export function namesOther(linked: Linked, method: string, args: readonly Place[]): boolean {
  return (
    (method === 'valid' || method === 'equal' || method === 'oneOf') &&
    args.some((arg) => {
      const place = origin(linked, arg);
      const inst = instAt(linked, place);
      return inst?.op === 'list'
        ? inst.items.some((value) => isReference(linked, { func: place.func, value }))
        : isReference(linked, place);
    })
  );
}

function isReference(linked: Linked, from: Place): boolean {
  return methodAt(linked, from).method === 'ref';
}
