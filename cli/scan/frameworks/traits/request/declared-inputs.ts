import type { Linked } from '../../../callgraph/linked.ts';
import { instAt, type Place } from '../../../callgraph/query/called-on.ts';
import { allKinds, type Kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import { memoized } from '../../../ir/memoized.ts';
import { harmlessText } from '../../../schemas/schema-types.ts';
import { entry } from '../../../schemas/written-schemas.ts';
import { kindsAdmittedBy } from '../../../semantics/pattern/pattern-kinds.ts';

/**
 * Returns the sink kinds that each input of a Sails action is safe for, by the input's name. The object that holds the
 * action `fn` also declares its inputs: `{ inputs: { id: { type: 'string', regex: /^[0-9]+$/ } }, fn(inputs) {} }`.
 */
export function declaredInputs(linked: Linked, func: number): ReadonlyMap<string, Kinds> {
  const inputs = inputsByAction(linked).get(func);
  const inst = inputs && instAt(linked, inputs);
  if (!inputs || inst?.op !== 'object') return none;
  const names = inst.keys.filter((key) => typeof key === 'string');
  return new Map(names.map((name) => [name, kindsOfInput(linked, inputs, name)]));
}

const none: ReadonlyMap<string, Kinds> = new Map();

const inputsByAction = memoized((linked: Linked): ReadonlyMap<number, Place> => {
  const all = new Map<number, Place>();
  linked.program.instructions.each('object', (inst, { id }, value) => {
    const held = inst.values[inst.keys.indexOf('fn')];
    const inputs = held === undefined ? undefined : entry(linked, { func: id, value }, 'inputs');
    if (held === undefined || !inputs) return;
    for (const action of linked.functions(id, held)) all.set(action, inputs);
  });
  return all;
});

/** Types and rules of https://sailsjs.com/documentation/concepts/models-and-orm/validations. */
const harmless: ReadonlySet<string> = new Set([
  'isIn',
  'isInteger',
  'isNumber',
  'isBoolean',
  'isUUID',
  'isCreditCard',
]);

function kindsOfInput(linked: Linked, inputs: Place, name: string): Kinds {
  const field = entry(linked, inputs, name);
  const rules = field && instAt(linked, field);
  if (!field || rules?.op !== 'object') return noKinds;
  if (rules.keys.some((key) => typeof key === 'string' && harmless.has(key))) return allKinds;
  const type = constantOf(linked, entry(linked, field, 'type'));
  if (type === 'number' || type === 'boolean') return allKinds;
  if (type !== 'string') return noKinds;
  const pattern = entry(linked, field, 'regex');
  const written = pattern && instAt(linked, pattern);
  return written?.op === 'regex'
    ? harmlessText.union(kindsAdmittedBy(written.source, written.flags, 'search'))
    : harmlessText;
}

function constantOf(linked: Linked, place: Place | undefined): unknown {
  const inst = place && instAt(linked, place);
  return inst?.op === 'const' ? inst.value : undefined;
}
