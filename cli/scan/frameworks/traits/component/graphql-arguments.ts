import type { Linked } from '../../../callgraph/linked.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';

/** A number is harmless in all texts, but may still be too large: what is harmless for these counts as one of our own values. */
const numbers: Kinds = allKinds.without(kinds('template', 'code'));
const harmless: ReadonlyMap<string, Kinds> = new Map([
  ['Int', numbers],
  ['Float', numbers],
  ['Boolean', allKinds],
]);

/**
 * The kinds that a resolver's argument is clean for by its declared type. GraphQL refuses other values before it calls the
 * resolver.
 *
 *     type Query { piecesOf(maker: Int!): [Piece!]! }
 */
export function graphqlKinds(frame: FunctionView, args: Inst | undefined, name: string): Kinds {
  if (args?.op !== 'param' || args.index !== 1) return noKinds;
  const schema = schemaOf(frame.linked);
  if (schema.size === 0) return noKinds;
  const fields = fieldsOf(frame.linked).get(frame.id) ?? [];
  if (fields.length === 0 || fields.length > maxFields) return noKinds;
  return fields.reduce((clean, field) => clean.intersect(schema.get(field)?.get(name) ?? noKinds), allKinds);
}

const maxFields = 40;

const schemas = new WeakMap<Linked, ReadonlyMap<string, ReadonlyMap<string, Kinds>>>();

/** The kinds that each argument of a field is clean for, in all types with a field of that name. */
function schemaOf(linked: Linked): ReadonlyMap<string, ReadonlyMap<string, Kinds>> {
  const before = schemas.get(linked);
  if (before) return before;
  const texts: string[] = [];
  const add = (text: string): void => {
    if (/\btype\s+(?:Query|Mutation)\b/.test(text) && texts.length < maxTexts)
      texts.push(text.slice(0, maxText));
  };
  const { instructions } = linked.program;
  instructions.each('const', ({ value }) => {
    if (typeof value === 'string') add(value);
  });
  instructions.each('call', ({ quasis }) => {
    if (quasis?.length === 1) add(quasis[0] ?? '');
  });
  const enums = new Set(
    texts.flatMap((text) => [...text.matchAll(/\benum\s+(\w{1,80})/g)].map(([, one]) => one)),
  );
  const all = new Map<string, Map<string, Kinds>>();
  for (const text of texts)
    for (const [, field = '', list = ''] of text.matchAll(
      /\b(\w{1,80})\s{0,9}\(([^()]{1,2000})\)\s{0,9}:/g,
    )) {
      const known = all.get(field) ?? new Map<string, Kinds>();
      all.set(field, known);
      for (const [, arg = '', type = ''] of list.matchAll(/\b(\w{1,80})\s{0,9}:\s{0,9}\[?\s{0,9}(\w{1,80})/g))
        known.set(
          arg,
          (known.get(arg) ?? allKinds).intersect(
            enums.has(type) ? allKinds : (harmless.get(type) ?? noKinds),
          ),
        );
    }
  schemas.set(linked, all);
  return all;
}

const maxTexts = 50;
const maxText = 100_000;

const resolvers = new WeakMap<Linked, ReadonlyMap<number, readonly string[]>>();

/** The names of the object entries that hold each function. */
function fieldsOf(linked: Linked): ReadonlyMap<number, readonly string[]> {
  const before = resolvers.get(linked);
  if (before) return before;
  const all = new Map<number, string[]>();
  linked.program.instructions.each('object', ({ keys, values }, { id }) => {
    keys.forEach((key, i) => {
      const value: ValueId | undefined = values[i];
      if (typeof key !== 'string' || value === undefined) return;
      for (const func of linked.functions(id, value)) {
        const names = all.get(func);
        if (names) names.push(key);
        else all.set(func, [key]);
      }
    });
  });
  resolvers.set(linked, all);
  return all;
}
