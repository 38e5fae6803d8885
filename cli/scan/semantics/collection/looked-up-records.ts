import type { Linked } from '../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../callgraph/query/called-on.ts';
import { type Check, none } from '../../dataflow/domain/check.ts';
import { kinds } from '../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { recordKeyFinders, recordMakers } from '../../libraries/javascript/database/record-finders.ts';
import { entry } from '../../schemas/written-schemas.ts';
import { recordCallOf } from './record-calls.ts';

/** Names of keys that a database or a program generates. A file's name, in contrast, is stored as the client sent it. */
const ownKey = /^_?(?:id|uuid|guid)$/i;
const pathKinds = kinds('path', 'upload');

/**
 * What is proven once a lookup by id finds a record: `await prisma.share.findUnique({ where: { id } })`. The id is then one
 * that the database generated, so it is no file path. Empty for other calls, and if the program itself chooses the ids of
 * this model's records, since a client may have sent those.
 */
export function recordChecks(frame: FunctionView, value: ValueId, inst: Call): readonly Check[] {
  if (frame.language.hasKeywordArguments) return none;
  const { linked, id } = frame;
  const found = recordCallOf(linked, { func: id, value }, recordKeyFinders);
  if (!found || found.call !== inst) return none;
  const key = keyOf(linked, { func: id, value: inst.args[0] ?? -1 }, found.method);
  return key?.func !== id || withSentKeys(linked).has(found.model)
    ? none
    : [{ value: key.value, clean: pathKinds }];
}

/** The key in `findById(id)`, `findUnique({ where: { id } })`, `findOneBy({ id })`. */
function keyOf(linked: Linked, first: Place, method: string): Place | undefined {
  const inst = instAt(linked, origin(linked, first));
  if (/^find(?:ById|ByPk)/.test(method)) return inst?.op === 'object' ? undefined : first;
  const where = entry(linked, first, 'where') ?? first;
  const filter = instAt(linked, where);
  if (filter?.op !== 'object') return undefined;
  const at = filter.keys.findIndex((key) => typeof key === 'string' && ownKey.test(key));
  const value = filter.values[at];
  return value === undefined ? undefined : { func: where.func, value };
}

/** The models whose records are created with an explicit key, or with entries that are not all known. */
const withSentKeys: (linked: Linked) => ReadonlySet<string> = memoized((linked) => {
  const found = new Set<string>();
  linked.program.instructions.each('call', (call, { id, func }, value) => {
    const callee = func.code[call.callee];
    if (callee?.op !== 'member' || !recordMakers.has(callee.name)) return;
    const made = recordCallOf(linked, { func: id, value }, recordMakers);
    const first = { func: id, value: call.args[0] ?? -1 };
    const fields = entry(linked, first, 'data') ?? entry(linked, first, 'create') ?? origin(linked, first);
    const inst = instAt(linked, fields);
    const isWritten =
      inst?.op === 'object' && inst.keys.every((key) => typeof key === 'string' && !ownKey.test(key));
    if (made && !isWritten) found.add(made.model);
  });
  return found;
});
