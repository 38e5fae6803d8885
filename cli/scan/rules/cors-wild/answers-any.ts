import type { Func, Inst, ValueId } from '../../ir/ir.ts';

/** The maximum number of awaits and calls between a value and its source. */
const maxHops = 8;

/**
 * Whether a function that checks an origin accepts every origin: `(origin, done) => done(null, true)`, `(origin) => origin ||
 * '*'`, `(ctx) => ctx.get('Origin')`.
 */
export function saysYes(func: Func): boolean {
  return (
    asksNothing(func) &&
    (func.blocks.some(({ end }) => end.kind === 'return' && isAnyOrigin(func, end.value)) ||
      answersOf(func).some((answer) => isAnyOrigin(func, answer)))
  );
}

/**
 * Whether a function that returns the CORS options for a request accepts every origin: `(req, done) => done(null, { origin: true,
 * credentials: true })`.
 */
export function givesOpenOptions(func: Func): boolean {
  return (
    asksNothing(func) &&
    answersOf(func).some((answer) => {
      const options = madeAt(func, answer);
      if (options?.op !== 'object') return false;
      const at = (name: string): ValueId => options.values[options.keys.indexOf(name)] ?? -1;
      const isWith = madeAt(func, at('credentials'));
      return isWith?.op === 'const' && isWith.value === true && isAnyOrigin(func, at('origin'));
    })
  );
}

/** The arguments that a function passes to its callback: `done(null, answer)`. */
function answersOf({ code }: Func): readonly ValueId[] {
  return code.flatMap((inst) => {
    const callee = inst.op === 'call' ? code[inst.callee] : undefined;
    const answer = inst.op === 'call' ? inst.args[1] : undefined;
    return callee?.op === 'param' && callee.index !== 0 && answer !== undefined ? [answer] : [];
  });
}

/** Whether a function only checks that there is an origin. */
function asksNothing(func: Func): boolean {
  return !func.blocks.some(({ end }) => end.kind === 'branch' && !isPresence(func, end.test, 0));
}

function isPresence(func: Func, test: ValueId, depth: number): boolean {
  const inst = madeAt(func, test);
  if (!inst || depth > maxHops) return false;
  if (inst.op === 'unary' && inst.operator === '!') return isPresence(func, inst.value, depth + 1);
  // `origin ?? ''`
  if (inst.op === 'binary' && (inst.operator === '==' || inst.operator === '!=')) {
    const right = func.code[inst.right];
    return right?.op === 'const' && !right.value && isPresence(func, inst.left, depth + 1);
  }
  return isOrigin(func, inst);
}

function isAnyOrigin(func: Func, value: ValueId): boolean {
  const inst = madeAt(func, value);
  if (inst?.op === 'phi')
    return inst.inputs.some((input) => {
      const one = madeAt(func, input);
      return one !== undefined && one.op !== 'phi' && isAny(func, one);
    });
  return inst !== undefined && isAny(func, inst);
}

function isAny(func: Func, inst: Inst): boolean {
  return inst.op === 'const' ? inst.value === true || inst.value === '*' : isOrigin(func, inst);
}

/** The origin as an argument, or read from the request: `ctx.get('Origin')`, `req.headers.origin`. */
function isOrigin(func: Func, inst: Inst): boolean {
  if (inst.op === 'param') return inst.index === 0;
  if (inst.op === 'member') {
    const headers = madeAt(func, inst.object);
    return /^origin$/i.test(inst.name) && headers?.op === 'member' && /^headers?$/.test(headers.name);
  }
  const callee = inst.op === 'call' ? madeAt(func, inst.callee) : undefined;
  const name = inst.op === 'call' ? madeAt(func, inst.args[0] ?? -1) : undefined;
  return (
    callee?.op === 'member' &&
    /^(?:get|header|getHeader)$/.test(callee.name) &&
    name?.op === 'const' &&
    /^origin$/i.test(String(name.value))
  );
}

/** The value before it was awaited or passed to a call. */
function madeAt({ code }: Func, value: ValueId): Inst | undefined {
  let inst = code[value];
  for (let hop = 0; hop < maxHops; hop++) {
    if (inst?.op !== 'effect' && inst?.op !== 'await' && inst?.op !== 'typed') break;
    inst = code[inst.value];
  }
  return inst;
}
