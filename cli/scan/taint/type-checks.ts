import type { ValueId } from '../ir/ir.ts';
import { type Check, none } from './check.ts';
import type { Frame } from './frame.ts';
import { allKinds, type Kinds, kinds } from './kinds.ts';
import { isOwnError } from './own-errors.ts';

/** A string is no object: what needs one to do harm is done with. */
export const objectKinds: Kinds = kinds('nosql', 'mass-assignment');

const harmlessTypes: ReadonlySet<string> = new Set([
  'int',
  'float',
  'bool',
  'complex',
  'Decimal',
  'UUID',
  'date',
  'datetime',
]);

/** Text that the program itself has marked as markup: what others send never is. */
const markup: ReadonlySet<string> = new Set(['Markup', 'SafeString', 'SafeText', 'SafeData']);

/** `isinstance(x, int)`, `isinstance(x, (int, float))`, `isinstance(x, str)`, `isinstance(error, Refused)`. */
export function typeChecks(frame: Frame, value: ValueId, type: ValueId): readonly Check[] {
  if (isOwnError(frame, type)) return [{ value, clean: kinds('leak') }];
  const inst = frame.inst(type);
  const names = inst.op === 'list' ? inst.items.map((item) => frame.inst(item)) : [inst];
  const all = names.map((one) =>
    one.op === 'global' || one.op === 'member' || one.op === 'import' ? one.name : '',
  );
  if (all.every((name) => harmlessTypes.has(name))) return [{ value, clean: allKinds }];
  if (all.every((name) => markup.has(name))) return [{ value, clean: kinds('xss') }];
  return all.every((name) => name === 'str') ? [{ value, clean: objectKinds }] : none;
}
