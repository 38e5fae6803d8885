import type { Inst, ValueId } from '../../ir/ir.ts';

const maxHops = 20;

/** The fields of a record that an instruction sets: `note.owner = request.user`, `serializer.save(owner=request.user)`. */
export function recordStores(code: readonly Inst[], inst: Inst): readonly string[] {
  if (inst.op === 'store') return isOfThis(code, inst.object) ? [] : [inst.name];
  const callee = inst.op === 'call' ? code[inst.callee] : undefined;
  if (inst.op !== 'call' || callee?.op !== 'member' || callee.name !== 'save') return [];
  return (inst.names ?? []).filter((name) => name !== null);
}

/** What a form or a view stores in itself is no field of the record. */
function isOfThis(code: readonly Inst[], object: ValueId): boolean {
  let at = code[object];
  for (let hop = 0; hop < maxHops && (at?.op === 'store' || at?.op === 'effect'); hop++)
    at = code[at.op === 'store' ? at.object : at.value];
  return at?.op === 'this';
}
