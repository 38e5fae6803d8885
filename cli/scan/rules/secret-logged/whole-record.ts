import type { Linked } from '../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../callgraph/query/called-on.ts';
import type { Call } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import {
  recordFinders,
  recordIdFinders,
  recordOptions,
} from '../../libraries/javascript/database/record-finders.ts';
import { entry } from '../../schemas/written-schemas.ts';
import { type RecordCall, recordCallOf } from '../../semantics/collection/record-calls.ts';
import { wholeOrigin } from '../kit/value/whole-export.ts';
import { declaredModel, declaredWithPasswords, isPassword } from './declared-passwords.ts';

/** Bounds the entries of a logged object, and the fields of a stored one. */
const maxEntries = 40;

/**
 * Returns the model of a logged database record, if all of its fields are logged and the model is known to have a password.
 * `console.log({ user })` after `const user = await prisma.user.findUnique({ where })` -> `user`, if the program reads
 * `user.password` anywhere. Undefined if no such record is logged.
 */
export function loggedRecord(linked: Linked, logged: Place): string | undefined {
  const inst = instAt(linked, origin(linked, logged));
  const values = inst?.op === 'object' ? inst.values.slice(0, maxEntries) : undefined;
  const { func } = origin(linked, logged);
  for (const place of values?.map((value) => ({ func, value })) ?? [logged]) {
    const found = finderOf(linked, place);
    if (found && isWhole(linked, found) && withPasswords(linked).has(found.model)) return found.model;
  }
  return undefined;
}

function finderOf(linked: Linked, from: Place): RecordCall | undefined {
  const found = recordCallOf(linked, from, recordFinders);
  const callee = found && instAt(linked, { func: found.func, value: found.call.callee });
  if (!found || callee?.op !== 'member') return found;
  const made = declaredModel(linked, wholeOrigin(linked, { func: found.func, value: callee.object }));
  return made === undefined ? found : { ...found, model: made };
}

/** Whether no option selects fields. Further arguments may do so too. */
function isWhole(linked: Linked, { func, call, method }: RecordCall): boolean {
  const [first, ...more] = call.args;
  if (more.length > 0) return false;
  if (recordIdFinders.has(method)) return true;
  const options = first === undefined ? undefined : instAt(linked, origin(linked, { func, value: first }));
  if (options === undefined) return true;
  return (
    options.op === 'object' && options.keys.every((key) => typeof key === 'string' && !recordOptions.has(key))
  );
}

/** The models with a password: the program reads one from a record, or writes one to it. */
const withPasswords = memoized((linked: Linked): ReadonlySet<string> => {
  const found = new Set<string>();
  const { instructions } = linked.program;
  // A client with `omit` leaves fields out of all records.
  if (instructions.some('call', (inst, { id }) => inst.isNew === true && omits(linked, id, inst)))
    return found;
  instructions.each('member', (inst, { id }) => {
    const model = isPassword(inst.name)
      ? finderOf(linked, { func: id, value: inst.object })?.model
      : undefined;
    if (model !== undefined) found.add(model);
  });
  // A Prisma model with a stored password returns it in each record.
  instructions.each('call', (inst, { id, func }, value) => {
    const callee = func.code[inst.callee];
    if (callee?.op !== 'member' || !recordFinders.has(callee.name)) return;
    const model = finderOf(linked, { func: id, value })?.model;
    if (model !== undefined && writesPassword(linked, { func: id, value: inst.args[0] ?? -1 }))
      found.add(model);
  });
  for (const model of declaredWithPasswords(linked)) found.add(model);
  return found;
});

/** `new PrismaClient({ omit: { user: { password: true } } })` */
function omits(linked: Linked, func: number, { args }: Call): boolean {
  const options =
    args.length === 1 ? instAt(linked, origin(linked, { func, value: args[0] ?? -1 })) : undefined;
  return options?.op === 'object' && options.keys.includes('omit');
}

/** `create({ data: { password } })` */
function writesPassword(linked: Linked, from: Place): boolean {
  return ['data', 'create', 'update'].some((name) => {
    const written = entry(linked, from, name);
    const inst = written && instAt(linked, written);
    return (
      inst?.op === 'object' &&
      inst.keys.slice(0, maxEntries).some((key) => typeof key === 'string' && isPassword(key))
    );
  });
}
