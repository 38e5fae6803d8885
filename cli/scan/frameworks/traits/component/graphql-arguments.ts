import type { Linked } from '../../../callgraph/linked.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';

/** A number is harmless in all texts, but may still be too large: what is harmless for these counts as one of our own values. */
const numbers: Kinds = allKinds.without(kinds('template', 'code'));
const harmless: ReadonlyMap<string, Kinds> = new Map([
  ['Int', numbers],
  ['Float', numbers],
  ['Boolean', allKinds],
]);

/**
 * The sink kinds that an argument of a GraphQL resolver is safe for by its declared type. GraphQL rejects values of other
 * types before it calls the resolver.
 *
 *     type Query { piecesOf(maker: Int!): [Piece!]! }   // `maker` is a number
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

/** The kinds that each argument of a field is clean for, in all types with a field of that name. */
const schemaOf = memoized((linked: Linked): ReadonlyMap<string, ReadonlyMap<string, Kinds>> => {
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
  return all;
});

const maxTexts = 50;
const maxText = 100_000;

/** The names of the object entries that hold each function. */
const fieldsOf = memoized((linked: Linked): ReadonlyMap<number, readonly string[]> => {
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
  return all;
});
