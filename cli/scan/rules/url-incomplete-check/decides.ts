import type { Func, ValueId } from '../../ir/ir.ts';
import { calleeName, type Use } from '../../rule/use.ts';
import { usersOf } from '../../rule/users.ts';

/**
 * What an answer is used for: `test` decides what is done, or is returned; `label` only chooses between texts that
 * are written out (`return 'youtube'`); `data` takes parts of what was matched; `nothing` is none of them.
 */
export type Purpose = 'test' | 'label' | 'data' | 'nothing';

const maxSteps = 40;

export function purposeOf(use: Use, from: ValueId): Purpose {
  const { func } = use.frame;
  const users = usersOf(func);
  const seen = new Set<ValueId>([from]);
  let isReturned = false;
  for (const at of seen) {
    if (seen.size > maxSteps) break;
    if (users.returned.has(at)) isReturned = true;
    for (const user of users.of[at] ?? []) {
      const inst = func.code[user];
      if (inst?.op === 'index' || inst?.op === 'element' || inst?.op === 'slice') return 'data';
      if (inst?.op === 'member') {
        if (/^(group|groups|groupdict|length|index|start|end|span)$/.test(inst.name)) return 'data';
        continue;
      }
      if (inst?.op === 'effect' && inst.call !== at) seen.add(user);
      else if (inst?.op === 'unary' || inst?.op === 'phi' || inst?.op === 'typed') seen.add(user);
      else if (inst?.op === 'list') addQuantified(use, user, seen);
      else if (inst?.op === 'cell-store') return 'test';
      else if (inst?.op === 'binary' && isComparison(inst.operator)) seen.add(user);
      else if (inst?.op === 'call' && /^(Boolean|bool|any|all|expect)$/.test(calleeName(use, inst)))
        seen.add(user);
      else if (inst?.op === 'yield') isReturned = true;
    }
  }
  if (isReturned) return 'test';
  const branches = func.blocks.filter(({ end }) => end.kind === 'branch' && seen.has(end.test));
  if (branches.length === 0) return 'nothing';
  return branches.every(
    ({ end }) => end.kind === 'branch' && (isLabel(func, end.then) || isLabel(func, end.else)),
  )
    ? 'label'
    : 'test';
}

/** `any(host.endswith(one) for one in HOSTS)` */
function addQuantified(use: Use, list: ValueId, seen: Set<ValueId>): void {
  for (const user of usersOf(use.frame.func).of[list] ?? []) {
    const inst = use.frame.inst(user);
    if (inst.op === 'call' && /^(any|all)$/.test(calleeName(use, inst))) seen.add(user);
  }
}

function isComparison(operator: string): boolean {
  return /^(==|!=|<=?|>=?|&|\|)$/.test(operator);
}

/** Whether a branch does no more than to give a text that is written out. */
function isLabel(func: Func, id: number): boolean {
  const block = func.blocks[id];
  if (
    !block ||
    block.code.some(
      (value) => !/^(const|text|cell-load|member|import|global)$/.test(func.code[value]?.op ?? ''),
    )
  )
    return false;
  const isText = (value: ValueId): boolean => {
    const inst = func.code[value];
    return inst?.op === 'const' && typeof inst.value === 'string' && inst.value !== '';
  };
  if (block.end.kind === 'return') return isText(block.end.value);
  if (block.end.kind !== 'jump') return false;
  const next = func.blocks[block.end.to];
  const at = next?.preds.indexOf(id) ?? -1;
  return (next?.code ?? []).some((value) => {
    const inst = func.code[value];
    return inst?.op === 'phi' && inst.inputs[at] !== undefined && isText(inst.inputs[at]);
  });
}
