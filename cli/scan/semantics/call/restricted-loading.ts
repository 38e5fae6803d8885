import { maxLoadingPasses } from '../../budgets/semantics.ts';
import type { Linked } from '../../callgraph/linked.ts';
import type { BlockId, Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { transitive } from '../../ir/query/transitive.ts';

/** Functions that look something up by a dynamic name. */
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
 * Whether a class overrides a method, such as an unpickler's `find_class`, to load only allowed names. Each control-flow path to
 * a lookup must pass a comparison with a constant name or with a collection of names.
 */
export function restricts(linked: Linked, owner: number, method: string): boolean {
  const id = linked.methodOf(owner, method);
  const func = id === undefined ? undefined : linked.program.functions[id]?.func;
  return func !== undefined && loadsAllowedAlone(func);
}

const loadsAllowedAlone: (func: Func) => boolean = memoized((func) => {
  const open = openBlocks(func);
  return !func.blocks.some(
    ({ code }, block) => open.has(block) && code.some((value) => isLoading(func, func.code[value])),
  );
});

/** The blocks that are reachable without a successful allowlist comparison. */
function openBlocks(func: Func): ReadonlySet<BlockId> {
  const given = argumentValues(func);
  const handlers = handlersOf(func);
  return transitive<BlockId>([0], func.blocks.length, (block) => {
    // A handler is reachable from anywhere in its block.
    const next = [...(handlers[block] ?? [])];
    const end = func.blocks[block]?.end;
    if (end?.kind === 'jump') next.push(end.to);
    else if (end?.kind === 'branch') {
      if (!allows(func, given, end.test, true)) next.push(end.then);
      if (!allows(func, given, end.test, false)) next.push(end.else);
    }
    return next;
  });
}

/** For each block, the exception handlers that it can jump to. */
function handlersOf(func: Func): readonly BlockId[][] {
  const handlers: BlockId[][] = func.blocks.map(() => []);
  func.blocks.forEach(({ preds }, to) => {
    for (const block of preds) if (!isAfter(func, block, to)) handlers[block]?.push(to);
  });
  return handlers;
}

/** Whether `to` is a normal successor of a block. All other edges come from exceptions. */
function isAfter({ blocks }: Func, block: BlockId, to: BlockId): boolean {
  const end = blocks[block]?.end;
  if (end?.kind === 'jump') return end.to === to;
  return end?.kind === 'branch' && (end.then === to || end.else === to);
}

/** Whether a test with this outcome proves that a name is one of the allowed ones. */
function allows(func: Func, given: ReadonlySet<ValueId>, test: ValueId, isTrue: boolean): boolean {
  let inst = func.code[test];
  let is = isTrue;
  for (; inst?.op === 'unary' && inst.operator === '!'; is = !is) inst = func.code[inst.value];
  if (inst?.op !== 'binary' || !given.has(inst.left)) return false;
  const { operator, right } = inst;
  if (operator === (is ? 'in' : 'not in')) return !given.has(right);
  return operator === (is ? '==' : '!=') && func.code[right]?.op === 'const';
}

/**
 * The parameters, and the strings and lists built from them. Lists may hold thousands of items, so each is read once per pass.
 */
function argumentValues(func: Func): ReadonlySet<ValueId> {
  const given = new Set<ValueId>();
  let before = -1;
  for (let pass = 0; pass < maxLoadingPasses && given.size > before; pass++) {
    before = given.size;
    func.code.forEach((inst, value) => {
      if (!given.has(value) && isOfArgument(inst, given)) given.add(value);
    });
  }
  return given;
}

function isOfArgument(inst: Inst, given: ReadonlySet<ValueId>): boolean {
  switch (inst.op) {
    case 'param':
      return true;
    case 'effect':
    case 'typed':
      return given.has(inst.value);
    case 'list':
      return inst.items.some((item) => given.has(item));
    case 'text':
      return inst.parts.some((part) => given.has(part));
    case 'binary':
      return given.has(inst.left) || given.has(inst.right);
    default:
      return false;
  }
}

function isLoading(func: Func, inst: Inst | undefined): inst is Inst & Call {
  const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
  return (
    (callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import') &&
    loading.has(callee.name)
  );
}
