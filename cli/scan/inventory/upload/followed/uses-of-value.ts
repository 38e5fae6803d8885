import { blockOf } from '../../../ir/block-of.ts';
import type { Func, Inst, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { operandsOf } from '../../../ir/operands.ts';

/** The instructions that use each value of a function as an operand. */
export const usersOf: (func: Func) => ReadonlyMap<ValueId, readonly ValueId[]> = memoized((func) => {
  const found = new Map<ValueId, ValueId[]>();
  for (const [user, inst] of func.code.entries())
    for (const value of new Set(operandsOf(inst))) {
      const list = found.get(value);
      if (list) list.push(user);
      else found.set(value, [user]);
    }
  return found;
});

/** Whether a text has parts that may vary, such as the result of a call. */
export function isMixed({ code }: Func, inst: Inst): boolean {
  return operandsOf(inst).some((one) => {
    const part = code[one];
    return part?.op === 'call' || part?.op === 'text' || part?.op === 'cell-load' || part?.op === 'phi';
  });
}

export function ownerOf({ code }: Func, callee: ValueId): string {
  const inst = code[callee];
  const owner = inst?.op === 'member' ? code[inst.object] : inst;
  return owner?.op === 'import' ? owner.specifier : owner?.op === 'global' ? owner.name : '';
}

/**
 * Whether a phi can result in `value` while `value` is truthy. False for the phi of `file && read(file)` and the value
 * `file`: that expression results in `file` only if `file` is falsy.
 */
export function comesWhereTrue(
  func: Func,
  phi: ValueId,
  inputs: readonly ValueId[],
  value: ValueId,
): boolean {
  const join = blockOf(func, phi);
  const preds = func.blocks[join]?.preds ?? [];
  return inputs.some((input, i) => {
    const end = func.blocks[preds[i] ?? -1]?.end;
    return input === value && !(end?.kind === 'branch' && end.test === value && end.then !== join);
  });
}

/** Whether a call computes a hash: `createHash('sha256').update(content)`, `hashlib.sha256(content)`. */
export function isHashed(func: Func, callee: ValueId): boolean {
  const { code } = func;
  if (ownerOf(func, callee) === 'hashlib') return true;
  const inst = code[callee];
  const made = inst?.op === 'member' && inst.name === 'update' ? code[inst.object] : undefined;
  const maker = made?.op === 'call' ? code[made.callee] : undefined;
  return (maker?.op === 'import' || maker?.op === 'member') && /^(createHash|createHmac)$/.test(maker.name);
}

/**
 * Whether a call begins a chain of calls that re-encodes its input as an image: `sharp(content)` in
 * `sharp(content).jpeg()`. The result of such a chain is an image, whatever the input was.
 */
export function isEncoded(func: Func, call: ValueId): boolean {
  const { code } = func;
  const inst = code[call];
  if (inst?.op !== 'call' || ownerOf(func, inst.callee) !== 'sharp') return false;
  let at = call;
  for (let hop = 0; hop < 12; hop++) {
    const member: ValueId | undefined = usersOf(func)
      .get(at)
      ?.find((user) => {
        const one = code[user];
        return one?.op === 'member' && one.object === at;
      });
    const name = member === undefined ? undefined : code[member];
    if (member === undefined || name?.op !== 'member') return false;
    if (/^(jpeg|png|webp|avif|toFormat)$/.test(name.name)) return true;
    const next = usersOf(func)
      .get(member)
      ?.find((user) => code[user]?.op === 'call');
    if (next === undefined) return false;
    at = next;
  }
  return false;
}

/**
 * Whether a value is the member `name` of an object, after a method was called on that member. In SSA form,
 * `file.type.startsWith(...)` makes a new value for `file.type`. True for this new value, false for the read before the
 * call.
 */
export function isReadOf({ code }: Func, value: ValueId, name: string): boolean {
  let inst = code[value];
  if (inst?.op !== 'effect') return false;
  for (let hop = 0; hop < 20 && inst?.op === 'effect'; hop++) inst = code[inst.value];
  return inst?.op === 'member' && inst.name === name;
}

/**
 * Whether a function seeks the end of a file, such as by `file.seek(0, os.SEEK_END)`. After that, `tell` returns the file's
 * size.
 */
export function seeksEnd(func: Func | undefined): boolean {
  const code = func?.code ?? [];
  return code.some((inst) => {
    const callee = inst.op === 'call' ? code[inst.callee] : undefined;
    const whence = inst.op === 'call' ? code[inst.args[1] ?? -1] : undefined;
    if (callee?.op !== 'member' || callee.name !== 'seek') return false;
    return whence?.op === 'const'
      ? whence.value === 2
      : (whence?.op === 'member' || whence?.op === 'import') && whence.name === 'SEEK_END';
  });
}

/** The last name of a callee: `save` of `photo.file.save()`. Empty if it has none. */
export function nameOf(it: Func, call: Inst & { op: 'call' }): string {
  const callee = it.code[call.callee];
  return callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
}
