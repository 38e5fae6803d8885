import type { BlockId, Inst } from '../ir/ir.ts';
import { wholes } from './checks.ts';
import { type Facts, provenClean } from './facts.ts';
import type { Frame } from './frame.ts';
import { goingBlocks, nextIn } from './going-on.ts';
import type { Kinds } from './kinds.ts';
import { memberName } from './member-names.ts';

const nothing: ReadonlyMap<string, Kinds> = new Map();

/** How the part of the path is called that a function of `router.param` is given: `(request, response, next, id)`. */
export const givenPart = 'the part of the path';

/** More ways on to the handler than this has no middleware that is written by hand. */
const maxWays = 20;

/**
 * What a middleware has proven of the fields of the request on each way on which it goes on to the
 * handler, by their names: `query.name`. One with four parameters that is called for an error is asked by nobody.
 */
export function goingProofs(frame: Frame): ReadonlyMap<string, Kinds> {
  const { linked, id } = frame;
  if (frame.isPython || !isMiddleware(frame)) return nothing;
  const ways = goingBlocks(linked, id).filter((block) => block === 0 || frame.ways.reaches(block));
  if (ways.length === 0 || ways.length > maxWays) return nothing;
  const [first, ...others] = ways.map((block) => factsIn(frame, block));
  if (!first || others.includes(undefined)) return nothing;
  const found = new Map<string, Kinds>();
  const written = writtenNames(frame);
  if (written.has(undefined)) return nothing;
  for (const [value, name] of requestFields(frame)) {
    if (name.split('.').some((part) => written.has(part))) continue;
    const clean = others.reduce<Kinds>(
      (all, facts) => all & provenClean(facts, value, wholes),
      provenClean(first, value, wholes),
    );
    if (clean !== 0) found.set(name, clean);
  }
  return found;
}

/** `(request, response, next)`, `(request, response, next, part)`, and Koa's `(context, next)` */
function isMiddleware({ func, handed }: Frame): boolean {
  const { length } = func.params;
  return length === 3 || length === 4 || (length === 2 && handed.some(({ name }) => name.startsWith('koa.')));
}

/** What holds where a block goes on: at its end, where nothing is called in it besides that could be a check too late. */
function factsIn(frame: Frame, block: BlockId): Facts | undefined {
  const { code, blocks } = frame.func;
  const calls = blocks[block]?.code.filter((value) => code[value]?.op === 'call') ?? [];
  const last = code[calls.at(-1) ?? -1];
  const callee = last?.op === 'call' ? code[last.callee] : undefined;
  return callee?.op === 'param' && callee.index === nextIn(frame.func)
    ? frame.ways.factsBehind(block)
    : frame.ways.factsAt(block);
}

/** What it writes is no longer what it has looked at. Undefined stands for a name that is not known. */
function writtenNames(frame: Frame): ReadonlySet<string | undefined> {
  return new Set(
    frame.func.code.flatMap((inst) => {
      if (inst.op === 'store') return [inst.name];
      return inst.op === 'store-index' ? [memberName(frame, inst.key)] : [];
    }),
  );
}

/** The canonical values of what is read from a part of the request, and of the part of the path that is given. */
function requestFields(frame: Frame): ReadonlyMap<number, string> {
  const { code } = frame.func;
  const parts = new Map<number, string>();
  const fields = new Map<number, string>();
  for (let value = 0; value < code.length; value++) {
    const inst = code[value] as Inst;
    if (inst.op === 'param' && inst.index === 3) fields.set(frame.canonical[value] as number, givenPart);
    if (inst.op !== 'member' && inst.op !== 'index') continue;
    const name = inst.op === 'member' ? inst.name : memberName(frame, inst.key);
    if (name === undefined) continue;
    const object = frame.canonical[inst.object] as number;
    const own = frame.canonical[value] as number;
    const from = code[object];
    if (from?.op === 'param' && from.index === 0) parts.set(own, name);
    const part = parts.get(object);
    if (part !== undefined) fields.set(own, `${part}.${name}`);
  }
  return fields;
}
