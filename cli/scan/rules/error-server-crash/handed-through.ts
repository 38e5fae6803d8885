import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import type { Use } from '../kit/use.ts';

const maxSteps = 8;

/**
 * Whether a text in a callback is untrusted data that a library has received and passes on. In
 * `gunzip(req.body, (error, bytes) => JSON.parse(bytes))`, `bytes` is such a text.
 * @param runner the call that takes the callback
 */
export function isHandedThrough({ frame }: Use, text: ValueId, runner: Place): boolean {
  const { linked } = frame;
  const start = behind(linked, { func: frame.id, value: text }, ({ op }) => op === 'param');
  const param = start && instOf(linked, start);
  const call = instOf(linked, runner);
  if (param?.op !== 'param' || start?.func !== frame.id || call?.op !== 'call') return false;
  return passedOn(linked, runner, call, param.index).some(
    (value) =>
      behind(linked, { func: runner.func, value }, (_, place) => isRemote(linked, place)) !== undefined,
  );
}

/** The arguments of a call that its library passes to a parameter of the callback. */
function passedOn(linked: Linked, { func }: Place, call: Call, index: number): readonly ValueId[] {
  return linked.states(func, call.callee).flatMap(({ summaries }) =>
    summaries.flatMap(({ from: [from], to }) => {
      const isTo = to.some((step) => step.kind === 'parameter' && step.indices.includes(index));
      return isTo && from?.kind === 'argument' ? from.indices.flatMap((at) => call.args[at] ?? []) : [];
    }),
  );
}

/** Walks back through reads and conversions to the first value that matches. */
function behind(linked: Linked, from: Place, isIt: (inst: Inst, place: Place) => boolean): Place | undefined {
  let place: Place = from;
  for (let step = 0; step < maxSteps; step++) {
    const inst = instOf(linked, place);
    if (!inst) return undefined;
    if (isIt(inst, place)) return place;
    const made = madeBy(linked, place);
    if (made.func !== place.func || made.value !== place.value) {
      place = made;
      continue;
    }
    const next = before(linked, place, inst);
    if (next === undefined) return undefined;
    place = { func: place.func, value: next };
  }
  return undefined;
}

function before(linked: Linked, { func }: Place, inst: Inst): ValueId | undefined {
  if (inst.op === 'member' || inst.op === 'index') return inst.object;
  if (inst.op === 'effect') return inst.value;
  if (inst.op === 'text') return inst.parts[0];
  if (inst.op !== 'call') return undefined;
  const callee = instOf(linked, { func, value: inst.callee });
  // `Buffer.from(text, 'base64')`, `String(bytes)`, `bytes.toString()`
  if (callee?.op === 'member' && !/^(from|decode|concat)$/.test(callee.name)) return callee.object;
  return inst.args[0];
}

function isRemote(linked: Linked, { func, value }: Place): boolean {
  return linked.states(func, value).some(({ sources }) => sources.some(({ kind }) => kind === 'remote'));
}
