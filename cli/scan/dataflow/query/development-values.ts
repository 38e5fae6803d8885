import { maxDevelopmentTests, maxFlagNegations, maxFlagValues } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import type { Block, BlockId, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import { operandsOf } from '../../ir/operands.ts';
import { controlFlow } from '../../ir/query/control-flow.ts';
import { transitive } from '../../ir/query/transitive.ts';
import { holdsSource } from '../domain/abstract.ts';
import type { FunctionView } from '../view/function-view.ts';
import { writtenName } from './written-name.ts';

/**
 * Whether a value is computed only in development, such as in the branch of `if (mode !== 'production')` or `if
 * settings.DEBUG`. There, only developers see the details of errors. False if an attacker may control the flag.
 */
export function isForDevelopers(frame: FunctionView, value: ValueId): boolean {
  // Very many functions have only one block.
  if (frame.func.blocks.length === 1) return false;
  const around = developmentTests(frame.linked, frame.info).get(value);
  return around !== undefined && isAnyTrusted(frame, around);
}

function isAnyTrusted(frame: FunctionView, tests: readonly ValueId[]): boolean {
  return tests.some((test) => !mayBeControlled(frame, test));
}

type Named = Pick<FunctionView, 'linked' | 'info' | 'func'>;

/** By value: the development tests that guard it. */
type Tests = ReadonlyMap<ValueId, readonly ValueId[]>;

const developmentTests: (linked: Linked, info: FuncInfo) => Tests = memoizedPair((linked, info) => {
  const { func } = info;
  let found: Map<ValueId, ValueId[]> | undefined;
  let left = maxDevelopmentTests;
  for (let block = 0; block < func.blocks.length && left > 0; block++) {
    const { end } = func.blocks[block] as Block;
    if (end.kind !== 'branch' || end.then === end.else) continue;
    const whenTrue = isDevelopmentTest({ linked, info, func }, end.test);
    if (whenTrue === undefined) continue;
    left--;
    found ??= new Map();
    for (const value of behind(func, block, whenTrue ? end.then : end.else)) {
      const tests = found.get(value);
      if (tests) tests.push(end.test);
      else found.set(value, [end.test]);
    }
  }
  return found ?? noTests;
});

const noTests: Tests = new Map();

/** The values that are computed only after control has passed the edge from one block to another. */
function behind(func: Func, from: BlockId, to: BlockId): readonly ValueId[] {
  const blocks = new Set<BlockId>();
  // Predecessors come first in this order, so that one pass suffices except for back edges.
  for (const block of controlFlow(func).order) {
    const preds = func.blocks[block]?.preds ?? [];
    const isInside = (pred: BlockId): boolean => blocks.has(pred) || (pred === from && block === to);
    if (preds.length > 0 && preds.every(isInside)) blocks.add(block);
  }
  return [...blocks].flatMap((block) => func.blocks[block]?.code ?? []);
}

/** Whether a flag depends on untrusted data, or is a parameter that a library passes: `def view(debug: bool = False)`. */
function mayBeControlled(frame: FunctionView, test: ValueId): boolean {
  const isHanded = frame.handed.length > 0;
  const madeOf = transitive([test], maxFlagValues, (value) => operandsOf(frame.inst(value)));
  if (madeOf.size > maxFlagValues) return true;
  return [...madeOf].some((value) => {
    const it = frame.values[value];
    return (it && holdsSource(it)) || (isHanded && frame.inst(value).op === 'param');
  });
}

/** Whether a test is true in development and false in production (true), the reverse (false), or neither (undefined). */
function isDevelopmentTest(frame: Named, test: ValueId): boolean | undefined {
  let value = test;
  let isNegated = false;
  for (let depth = 0; depth < maxFlagNegations; depth++) {
    const inst = frame.func.code[value];
    if (inst?.op !== 'unary' || inst.operator !== '!') break;
    value = inst.value;
    isNegated = !isNegated;
  }
  const inst = frame.func.code[value] as Inst;
  const told =
    inst.op === 'binary'
      ? isDevelopmentComparison(frame.func, inst)
      : modeOf(nameOf(frame, value, inst), flags);
  return told === undefined ? undefined : told !== isNegated;
}

/** `process.env.NODE_ENV !== 'production'`, `app.get('env') === 'development'`, `mode === Mode.Development`. */
function isDevelopmentComparison(func: Func, inst: Inst & { op: 'binary' }): boolean | undefined {
  if (inst.operator !== '==' && inst.operator !== '!=') return undefined;
  const mode = modeNamed(func, inst.left) ?? modeNamed(func, inst.right);
  return mode === undefined ? undefined : mode === (inst.operator === '==');
}

function modeNamed({ code }: Func, value: ValueId): boolean | undefined {
  const inst = code[value];
  const text = inst?.op === 'const' ? inst.value : inst?.op === 'member' ? inst.name : undefined;
  return typeof text === 'string' ? modeOf(text, modes) : undefined;
}

interface Names {
  readonly development: RegExp;
  readonly production: RegExp;
}

const modes: Names = { development: /^dev(?:elop(?:ment)?)?$/i, production: /^prod(?:uction)?$/i };
const flags: Names = {
  development: /^(?:is|in)?_?(?:dev|development|debug)(?:_?mode)?$/i,
  production: /^(?:is|in)?_?prod(?:uction)?(?:_?mode)?$/i,
};

function modeOf(name: string, { development, production }: Names): boolean | undefined {
  return development.test(name) ? true : production.test(name) ? false : undefined;
}

/** The name of a flag: `DEV` of `import.meta.env.DEV`, `DEBUG` of `app.config['DEBUG']`. */
function nameOf(frame: Named, value: ValueId, inst: Inst): string {
  const { code, locals, params } = frame.func;
  for (const local of locals ?? []) if (local.value === value) return local.name;
  if (inst.op === 'param') return params[inst.index]?.name ?? '';
  const key = inst.op === 'index' ? code[inst.key] : undefined;
  return key?.op === 'const' ? String(key.value) : writtenName(frame, value);
}
