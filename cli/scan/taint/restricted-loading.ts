import type { BlockId, Call, Func, Inst, ValueId } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';

/** What looks something up by a name that is not the program's own. */
const loading: ReadonlySet<string> = new Set([
  'find_class',
  'getattr',
  'import_module',
  '__import__',
  'locate',
  'import_string',
  'eval',
]);

/**
 * Whether a class overrides a method that names what is loaded (`find_class` of an unpickler) by one that gives nothing but
 * what it allows: each way to what looks a name up goes through a comparison with a name, or with a collection of names.
 */
export function restricts(linked: Linked, owner: number, method: string): boolean {
  const id = linked.methodOf(owner, method);
  const func = id === undefined ? undefined : linked.program.functions[id]?.func;
  if (!func) return false;
  const open = openBlocks(func);
  return !func.blocks.some(
    ({ code }, block) => open.has(block) && code.some((value) => isLoading(func, func.code[value])),
  );
}

/** The blocks that are reached though no name was found to be allowed. */
function openBlocks(func: Func): ReadonlySet<BlockId> {
  const open = new Set<BlockId>([0]);
  // A set that grows while it is walked.
  for (const block of open) {
    const end = func.blocks[block]?.end;
    if (end?.kind === 'jump') open.add(end.to);
    else if (end?.kind === 'branch') {
      if (!allows(func, end.test, true)) open.add(end.then);
      if (!allows(func, end.test, false)) open.add(end.else);
    }
    // A handler is reached from everywhere in its block.
    func.blocks.forEach(({ preds }, to) => {
      if (preds.includes(block) && !isAfter(func, block, to)) open.add(to);
    });
  }
  return open;
}

/** Whether one block is where another one ends: all other ways are those of what is thrown. */
function isAfter({ blocks }: Func, block: BlockId, to: BlockId): boolean {
  const end = blocks[block]?.end;
  if (end?.kind === 'jump') return end.to === to;
  return end?.kind === 'branch' && (end.then === to || end.else === to);
}

/** Whether a test that came out so says that a name is one of those that are written down. */
function allows(func: Func, test: ValueId, isTrue: boolean): boolean {
  const inst = func.code[test];
  if (inst?.op === 'unary' && inst.operator === '!') return allows(func, inst.value, !isTrue);
  if (inst?.op !== 'binary' || !isGiven(func, inst.left)) return false;
  const { operator, right } = inst;
  if (operator === (isTrue ? 'in' : 'not in')) return !isGiven(func, right);
  return operator === (isTrue ? '==' : '!=') && func.code[right]?.op === 'const';
}

/** A parameter, a text or a pair that is made of parameters. */
function isGiven(func: Func, value: ValueId, depth = 0): boolean {
  const inst = func.code[value];
  if (!inst || depth > 6) return false;
  if (inst.op === 'param') return true;
  if (inst.op === 'effect' || inst.op === 'typed') return isGiven(func, inst.value, depth + 1);
  const parts =
    inst.op === 'list'
      ? inst.items
      : inst.op === 'text'
        ? inst.parts
        : inst.op === 'binary'
          ? [inst.left, inst.right]
          : [];
  return parts.some((part) => isGiven(func, part, depth + 1));
}

function isLoading(func: Func, inst: Inst | undefined): inst is Inst & Call {
  const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
  return (
    (callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import') &&
    loading.has(callee.name)
  );
}
