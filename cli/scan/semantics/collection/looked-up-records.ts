import type { Linked } from '../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../callgraph/query/called-on.ts';
import { type Check, none } from '../../dataflow/domain/check.ts';
import { kinds } from '../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { recordKeyFinders, recordMakers } from '../../libraries/javascript/database/record-finders.ts';
import { entry } from '../../schemas/written-schemas.ts';
import { recordCallOf } from './record-calls.ts';

/** Keys that a database or a program makes. The name of a file is stored as it was sent. */
const ownKey = /^_?(?:id|uuid|guid)$/i;
const pathKinds = kinds('path', 'upload');

/**
 * `const share = await prisma.share.findUnique({ where: { id } })` has found one: the id is one of those that are stored, and no path.
 * Not so where the program lets others say by which id something is stored.
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

/** `findById(id)`, `findUnique({ where: { id } })`, `findOneBy({ id })` */
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

const known = new WeakMap<Linked, ReadonlySet<string>>();

/** The models of which records are made with a key that is written there, or with whatever an object has. */
function withSentKeys(linked: Linked): ReadonlySet<string> {
  const before = known.get(linked);
  if (before) return before;
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
  known.set(linked, found);
  return found;
}
