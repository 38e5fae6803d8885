import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { operandsOf } from '../../ir/operands.ts';
import { transitive } from '../../ir/query/transitive.ts';
import { haveWord } from '../../ir/query/words.ts';
import type { UseReport } from '../kit/rule.ts';
import { isA, type Use } from '../kit/use.ts';
import { namesOf } from '../kit/value/names-of.ts';

/** Reports a request body that the code collects itself without a check of its length. */
export function ofCollectedBody(use: Use): UseReport | undefined {
  const { inst } = use;
  const isCollected =
    inst.op === 'call'
      ? isDataHandler(use, inst) && isCollectedBy(use, inst)
      : inst.op === 'element' && isRequest(use, inst.value) && isCollectedInLoop(use);
  return isCollected && !looksAtHeader(use) ? report : undefined;
}

function isCollectedBy(use: Use, call: Call): boolean {
  const isCollecting = handlersOf(use, call).some((id) => {
    const func = funcOf(use, id);
    return func?.code.some((one, at) => one.op === 'param' && one.index === 0 && collects(func, at));
  });
  // A bound in one handler counts for the others.
  return (
    isCollecting &&
    !use.frame.func.code.some(
      (one) =>
        one.op === 'call' && isDataHandler(use, one) && handlersOf(use, one).some((id) => isBounded(use, id)),
    )
  );
}

function isCollectedInLoop(use: Use): boolean {
  return collects(use.frame.func, use.value) && !isBounded(use, use.frame.id);
}

const report: UseReport = {
  message: 'The request body is collected without a size limit.',
  confidence: 'medium',
};

/** `request.on('data', ...)` */
function isDataHandler(use: Use, call: Call): boolean {
  const callee = use.frame.inst(call.callee);
  if (callee.op !== 'member' || (callee.name !== 'on' && callee.name !== 'addListener')) return false;
  const event = call.args[0] === undefined ? undefined : use.frame.inst(call.args[0]);
  return event?.op === 'const' && event.value === 'data' && isRequest(use, callee.object);
}

/** Whether a value is a request that a server received. A client's response has the same type, so the name decides. */
function isRequest(use: Use, value: ValueId): boolean {
  if (!isA(use, value, 'http.IncomingMessage')) return false;
  return !haveWord(namesOf(use.frame.linked, { func: use.frame.id, value }), answers);
}

const answers = new Set('res resp response answer reply upstream proxy remote download'.split(' '));

function handlersOf({ frame }: Use, call: Call): readonly number[] {
  return call.args[1] === undefined ? [] : frame.linked.functions(frame.id, call.args[1]);
}

function funcOf({ frame }: Use, id: number): Func | undefined {
  return frame.linked.program.functions[id]?.func;
}

/** Whether the function compares `Content-Length` with something. A request without that header isn't considered here. */
function looksAtHeader({ frame }: Use): boolean {
  const { linked, func, id } = frame;
  return func.code.some(
    (inst, value) =>
      isOrder(inst) &&
      [...namesOf(linked, { func: id, value })].some((name) => /^content-?length$/i.test(name)),
  );
}

/** `size > limit` */
function isOrder(inst: Inst): boolean {
  return inst.op === 'binary' && /^[<>]=?$/.test(inst.operator);
}

/** Whether a chunk is appended to the previous ones: `text += chunk`, `list.push(chunk)`, `Buffer.concat([all, chunk])`. */
function collects(func: Func, chunk: ValueId): boolean {
  return func.code.some((inst, at) => {
    switch (inst.op) {
      case 'cell-store':
        return isMadeOf(func, inst.value, chunk, (one) => one.op === 'cell-load' && one.cell === inst.cell);
      case 'store':
        return isMadeOf(func, inst.value, chunk, (one) => one.op === 'member' && one.name === inst.name);
      case 'phi':
        return inst.inputs.some((input) => isMadeOf(func, input, chunk, (_one, value) => value === at));
      case 'call': {
        const callee = func.code[inst.callee];
        return (
          callee?.op === 'member' &&
          /^(push|unshift|append)$/.test(callee.name) &&
          func.code[callee.object]?.op !== 'this' &&
          inst.args.some(
            (arg) => arg === chunk || isMadeOf(func, arg, chunk, (_one, value) => value === chunk),
          )
        );
      }
      default:
        return false;
    }
  });
}

const maxSteps = 60;
/** Methods and functions whose result contains all their arguments. */
const keeping = /^(toString|concat|from|String|write|decode|trim)$/;

/** Whether a value is made of a chunk and of something else, for which `isOther` holds. */
function isMadeOf(
  func: Func,
  value: ValueId,
  chunk: ValueId,
  isOther: (inst: Inst, value: ValueId) => boolean,
): boolean {
  const parts = transitive([value], maxSteps, (at) =>
    at === chunk ? [] : keptIn(func, func.code[at] as Inst),
  );
  return parts.has(chunk) && [...parts].some((at) => isOther(func.code[at] as Inst, at));
}

function keptIn(func: Func, inst: Inst): readonly ValueId[] {
  switch (inst.op) {
    case 'binary':
      return inst.operator === '+' ? [inst.left, inst.right] : [];
    case 'call': {
      const callee = func.code[inst.callee];
      if (callee?.op === 'member' && keeping.test(callee.name)) return [callee.object, ...inst.args];
      return callee?.op === 'global' && keeping.test(callee.name) ? inst.args : [];
    }
    case 'text':
    case 'list':
    case 'typed':
    case 'await':
    case 'phi':
      return operandsOf(inst);
    // What a method did to its receiver isn't part of the value: `file.write(chunk)`
    case 'effect':
      return [inst.value];
    default:
      return [];
  }
}

/** Methods that end a stream, or stop listening to it. */
const ending = /^(destroy|abort|pause|unpipe|off|removeListener|removeAllListeners|close|terminate)$/;
const maxDepth = 2;

/** Whether a function, or one that it calls, compares something or ends a stream. */
function isBounded(use: Use, id: number, depth = 0): boolean {
  const { linked } = use.frame;
  return (
    funcOf(use, id)?.code.some(
      (inst, value) =>
        isOrder(inst) ||
        (inst.op === 'member' && ending.test(inst.name)) ||
        (inst.op === 'call' &&
          depth < maxDepth &&
          linked.targets(id, value).some((target) => isBounded(use, target.func, depth + 1))),
    ) ?? false
  );
}
