import type { Linked } from '../../callgraph/linked.ts';
import { callsOf, instOf, type Place } from '../../callgraph/query/made-by.ts';
import { nameOfCallee, reachable, refuses } from '../../callgraph/query/refusal.ts';
import type { Block, BlockId, Func, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { branchesOn } from '../kit/value/branches-on.ts';
import { saysRight } from './rights.ts';

/**
 * What a program does with a client's claim. `refuses`: it refuses clients that do not make the claim. `acts`: it does
 * something only for clients that make it. `nothing`: neither is known.
 */
export type Decision = 'refuses' | 'acts' | 'nothing';

interface Way extends Place {
  /** Whether the claim is made if the value is true. */
  readonly isTrue: boolean;
  /** The number of functions that it may still enter. */
  readonly depth: number;
}

const maxWays = 24;
const maxCallers = 6;
const maxDepth = 2;

/**
 * Returns what a program does with a client's claim, judging by the branches that test it. If `means` is `returns`,
 * responses count too: a denial for clients without the claim is a refusal, and restricted data for clients with the
 * claim is an action.
 * @param place the value that is tested
 * @param isTrue whether that value is true (rather than false) if the client makes the claim
 */
export function decisionOf(
  linked: Linked,
  place: Place,
  isTrue: boolean,
  means: 'rights' | 'returns',
): Decision {
  const ways: Way[] = [{ ...place, isTrue, depth: 0 }];
  let found: Decision = 'nothing';
  for (let i = 0; i < ways.length && i < maxWays; i++) {
    const way = ways[i] as Way;
    const func = linked.program.functions[way.func]?.func;
    if (!func) continue;
    for (const { yes, no } of branchesOn(func, way.value)) {
      const [claimed, other] = way.isTrue ? [yes, no] : [no, yes];
      const now = branchDecision(func, claimed, other, means);
      if (now === 'refuses') return now;
      if (now === 'acts') found = now;
    }
    if (usersOf(func).returned.has(way.value)) {
      if (way.isTrue && saysRight(func.name)) return 'refuses';
      if (way.depth < maxDepth)
        for (const call of callsOf(linked, way.func).slice(0, maxCallers))
          ways.push({ ...call, isTrue: way.isTrue, depth: way.depth + 1 });
    }
    for (const next of passedOn(linked, way, func)) ways.push({ ...way, ...next });
  }
  return found;
}

/** `!isAdmin`, `isAdmin && more`, `Boolean(isAdmin)` */
function passedOn(linked: Linked, way: Way, func: Func): { value: ValueId; isTrue: boolean }[] {
  const found: { value: ValueId; isTrue: boolean }[] = [];
  for (const user of (usersOf(func).of[way.value] ?? []).slice(0, maxWays)) {
    const inst = instOf(linked, { func: way.func, value: user });
    if (inst?.op === 'unary' && inst.operator === '!') found.push({ value: user, isTrue: !way.isTrue });
    if (inst?.op === 'phi' || inst?.op === 'typed' || inst?.op === 'await')
      found.push({ value: user, isTrue: way.isTrue });
    const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
    if (callee?.op === 'global' && /^(Boolean|bool)$/.test(callee.name))
      found.push({ value: user, isTrue: way.isTrue });
  }
  return found;
}

function branchDecision(func: Func, yes: BlockId, no: BlockId, means: 'rights' | 'returns'): Decision {
  const claimed = reachable(func, yes);
  const others = reachable(func, no);
  for (const block of others) if (!claimed.has(block) && refuses(func, func.blocks[block])) return 'refuses';
  // If the claim itself is refused, the program already handles it.
  for (const block of claimed) if (!others.has(block) && refuses(func, func.blocks[block])) return 'nothing';
  if (saysRight(func.name) && answers(func, yes, true) && answers(func, no, false)) return 'refuses';
  for (const block of claimed) if (!others.has(block) && acts(func, func.blocks[block])) return 'acts';
  return means === 'returns' ? denialDecision(func, claimed, others) : 'nothing';
}

/** `if ip == "127.0.0.1": return secrets()`, with a denial for all others. */
function denialDecision(func: Func, claimed: ReadonlySet<BlockId>, others: ReadonlySet<BlockId>): Decision {
  for (const block of others) if (!claimed.has(block) && denies(func, func.blocks[block])) return 'refuses';
  for (const block of claimed) if (!others.has(block) && shows(func, func.blocks[block])) return 'acts';
  return 'nothing';
}

const denials =
  /^\W*(no|nope|(access |permission )?(is )?(denied|refused|forbidden|blocked)|not (allowed|authori[sz]ed|permitted|found|yours|you)|unauthori[sz]ed|forbidden|no (access|permission)|restricted|internal only|go away|you (are|may|can) ?not|wrong user)\b/i;

/** Whether a block responds with a short denial. */
function denies(func: Func, block: Block | undefined): boolean {
  if (!block) return false;
  const isDenial = (value: ValueId | undefined): boolean => {
    const inst = value === undefined ? undefined : func.code[value];
    return inst?.op === 'const' && typeof inst.value === 'string' && denials.test(inst.value.slice(0, 80));
  };
  if (block.end.kind === 'return' && isDenial(block.end.value)) return true;
  return block.code.some((value) => {
    const inst = func.code[value];
    if (inst?.op === 'object') return inst.values.some(isDenial);
    if (inst?.op !== 'call') return false;
    return (
      /^(send|end|json|text|html|body|write|HttpResponse|JsonResponse|jsonify|make_response|Response)$/.test(
        nameOfCallee(func.code[inst.callee]),
      ) && inst.args.some(isDenial)
    );
  });
}

const secrets =
  /(^|_)(secrets?|admin|private|internal|confidential|sensitive|credentials|passwords?|backup|flag)(_|$)|(secret|admin|private|internal|confidential|sensitive|credentials|backup)s?[A-Z_]|[a-z](Secret|Admin|Private|Internal|Confidential|Credential|Backup)/;

/** Whether a block shows something with the name of restricted data. */
function shows(func: Func, block: Block | undefined): boolean {
  return (
    block?.end.kind === 'return' &&
    block.code.some((value) => {
      const inst = func.code[value];
      return inst?.op === 'call' && secrets.test(nameOfCallee(func.code[inst.callee]));
    })
  );
}

/** `return true` */
function answers(func: Func, id: BlockId, value: boolean): boolean {
  const end = func.blocks[id]?.end;
  const given = end?.kind === 'return' ? func.code[end.value] : undefined;
  return given?.op === 'const' && (given.value === value || (!value && given.value === undefined));
}

const actions =
  /^(delete|remove|destroy|drop|truncate|grant|promote|ban|purge|wipe|shutdown|impersonate|transfer|refund|revoke)|^(deleteOne|deleteMany|destroyAll|set_?role|setAdmin|make_?admin|delete_all|execute_admin|reset_?password)/i;

/** Whether a block does something that can't be undone. */
function acts(func: Func, block: Block | undefined): boolean {
  return (
    block?.code.some((value) => {
      const inst = func.code[value];
      const name = inst?.op === 'call' ? nameOfCallee(func.code[inst.callee]) : '';
      return actions.test(name) && !/listener|cookie|attribute|class|child|item|header|event/i.test(name);
    }) ?? false
  );
}
