import type { Linked } from '../../../callgraph/linked.ts';
import { blockOf } from '../../../ir/block-of.ts';
import type { BlockId, Func, Inst, ValueId } from '../../../ir/ir.ts';
import { controlFlow } from '../../../ir/query/control-flow.ts';
import { namesOf } from '../../../rules/kit/value/names-of.ts';
import {
  allKinds,
  both,
  type Checked,
  checkedOf,
  either,
  type FactKind,
  type Facts,
  factsOf,
  nothing,
  onlyOf,
} from './facts.ts';
import { firstPart, type Part, type Parts, partKey } from './parts-of-upload.ts';
import { isAbove, leadsTo } from './ways.ts';
import { namesFamily, takesTypes } from './whole-family.ts';

const maxDepth = 6;
const maxBlocks = 300;
const maxWays = 6;

/** Finds the checks of an upload that hold at a place: tests, and calls of functions that throw for a bad upload. */
export class ChecksOfUpload {
  readonly #linked: Linked;
  readonly #parts: Parts;
  readonly #open = new Set<string>();

  constructor(linked: Linked, parts: Parts) {
    this.#linked = linked;
    this.#parts = parts;
  }

  /** The checks that hold for an upload at an instruction, on every path. */
  before(func: number, value: ValueId, root: string): Checked {
    const it = this.#func(func);
    const block = it ? blockOf(it, value) : -1;
    return checkedOf(!it || block < 0 ? nothing : this.#inBlock(func, it, block, value, 0), root);
  }

  /** The checks that hold for an upload at an instruction if a test is true. */
  whereTrue(func: number, value: ValueId, test: ValueId, root: string): Checked {
    const it = this.#func(func);
    const block = it ? blockOf(it, value) : -1;
    if (!it || block < 0) return checkedOf(nothing, root);
    return checkedOf(
      either(this.#inBlock(func, it, block, value, 0), this.#shownBy(func, it, test, true, 0)),
      root,
    );
  }

  /** The checks that hold for an upload at every return of a function. */
  atReturns(func: number, root: string): Checked {
    return checkedOf(this.#ofReturnsOf(func, undefined, 0) ?? nothing, root);
  }

  #func(func: number): Func | undefined {
    return this.#linked.program.functions[func]?.func;
  }

  #inBlock(func: number, it: Func, block: BlockId, until: ValueId | undefined, depth: number): Facts {
    const key = `${func} ${block}`;
    if (depth > maxDepth || it.blocks.length > maxBlocks || this.#open.has(key)) return nothing;
    this.#open.add(key);
    let known = nothing;
    for (const [at, { end }] of it.blocks.entries()) {
      if (end.kind !== 'branch' || end.then === end.else || at === block) continue;
      const byThen = leadsTo(it, end.then, block, at);
      const byElse = leadsTo(it, end.else, block, at);
      if (byThen === byElse || !isAbove(it, at, block)) continue;
      known = either(known, this.#shownBy(func, it, end.test, byThen, depth + 1));
    }
    for (let at = block; at >= 0; at = controlFlow(it).dominator[at] ?? -1) {
      for (const value of it.blocks[at]?.code ?? []) {
        if (at === block && value === until) break;
        known = either(known, this.#shownByCall(func, it, value, depth + 1));
      }
      if ((controlFlow(it).dominator[at] ?? -1) === at) break;
    }
    const { preds } = it.blocks[block] ?? { preds: [] };
    if (preds.length > 1 && preds.length <= maxWays) {
      let common: Facts | undefined;
      for (const from of preds) {
        const end = it.blocks[from]?.end;
        let one = this.#inBlock(func, it, from, undefined, depth + 1);
        if (end?.kind === 'branch' && end.then !== end.else)
          one = either(one, this.#shownBy(func, it, end.test, end.then === block, depth + 1));
        common = common ? both(common, one) : one;
      }
      known = either(known, common ?? nothing);
    }
    this.#open.delete(key);
    return known;
  }

  /** The facts that hold after a call, because its callee receives a part of an upload and throws if a check fails. */
  #shownByCall(func: number, it: Func, value: ValueId, depth: number): Facts {
    const call = it.code[value];
    if (call?.op !== 'call') return nothing;
    const callee = it.code[call.callee];
    if (callee?.op === 'member' && callee.name === 'verify' && this.#part(func, call.callee) === 'content')
      return this.#facts(func, call.callee, 'type');
    const isAbout = call.args.some((arg) => this.#part(func, arg) !== undefined);
    return isAbout ? this.#ofReturns(func, value, undefined, depth) : nothing;
  }

  /** The facts common to all returns of a call's callees. `truth` selects the returns that may be truthy, or falsy. */
  #ofReturns(func: number, call: ValueId, truth: boolean | undefined, depth: number): Facts {
    const targets = this.#linked.targets(func, call);
    if (targets.length === 0 || depth > maxDepth) return nothing;
    let common: Facts | undefined;
    for (const target of targets) {
      const known = target.makes >= 0 ? nothing : (this.#ofReturnsOf(target.func, truth, depth) ?? nothing);
      common = common ? both(common, known) : known;
    }
    const inst = this.#func(func)?.code[call];
    const args = inst?.op === 'call' ? inst.args : [];
    // Facts about the arguments of other callers don't count here.
    const roots = args.flatMap((arg) => [...(this.#parts.roots.get(partKey(func, arg)) ?? [])]);
    return onlyOf(common ?? nothing, roots);
  }

  /** Makes facts of the given kinds for each upload that a value is a part of. */
  #facts(func: number, value: ValueId, ...kinds: readonly FactKind[]): Facts {
    return factsOf(this.#parts.roots.get(partKey(func, value)) ?? [], kinds);
  }

  #asListed(func: number, value: ValueId): Facts {
    const part = this.#part(func, value);
    if (part === 'claim' || part === 'ending') return this.#facts(func, value, 'type', part);
    return part === 'answer' || part === 'content' ? this.#facts(func, value, 'type') : nothing;
  }

  #ofReturnsOf(func: number, truth: boolean | undefined, depth: number): Facts | undefined {
    const it = this.#func(func);
    let common: Facts | undefined;
    for (const [block, { end }] of it?.blocks.entries() ?? []) {
      if (!it || end.kind !== 'return' || (block > 0 && controlFlow(it).position[block] === -1)) continue;
      const value = it.code[end.value];
      if (truth !== undefined && value?.op === 'const' && Boolean(value.value) !== truth) continue;
      let known = this.#inBlock(func, it, block, undefined, depth + 1);
      if (truth !== undefined) known = either(known, this.#shownBy(func, it, end.value, truth, depth + 1));
      common = common ? both(common, known) : known;
    }
    return common;
  }

  /** Which part of an upload a value is. Undefined if it is no part of an upload. */
  #part(func: number, value: ValueId): Part | undefined {
    return firstPart(this.#parts, func, value);
  }

  /** The facts that hold if a test is truthy (`truth` is true) or falsy (`truth` is false). */
  #shownBy(func: number, it: Func, test: ValueId, truth: boolean, depth: number): Facts {
    if (depth > maxDepth * 2) return nothing;
    if (this.#part(func, test) === 'upload' && !truth) return this.#facts(func, test, ...allKinds);
    const inst = it.code[test];
    switch (inst?.op) {
      case 'typed':
      case 'await':
      case 'effect':
        return this.#shownBy(func, it, inst.value, truth, depth + 1);
      case 'unary':
        return inst.operator === '!' ? this.#shownBy(func, it, inst.value, !truth, depth + 1) : nothing;
      case 'binary':
        return this.#ofComparison(func, it, inst, truth, depth);
      case 'index':
        return truth && this.#part(func, test) === 'listed' ? this.#asListed(func, inst.key) : nothing;
      case 'phi':
        return this.#ofPhi(func, it, test, inst.inputs, truth, depth);
      case 'call':
        return this.#ofCall(func, it, test, inst, truth, depth);
      default:
        return nothing;
    }
  }

  #ofPhi(
    func: number,
    it: Func,
    phi: ValueId,
    inputs: readonly ValueId[],
    truth: boolean,
    depth: number,
  ): Facts {
    const preds = it.blocks[blockOf(it, phi)]?.preds ?? [];
    let common: Facts | undefined;
    for (const [i, input] of inputs.entries()) {
      const value = it.code[input];
      const from = preds[i];
      if (from === undefined || input === phi) return nothing;
      if (value?.op === 'const' && Boolean(value.value) !== truth) continue;
      // The test whose result this path depends on: `a && b` is `a` if that is false.
      const end = it.blocks[from]?.end;
      const join = blockOf(it, phi);
      if (end?.kind === 'branch' && end.test === input && (end.then === join) !== truth) continue;
      const known = either(
        this.#shownBy(func, it, input, truth, depth + 1),
        this.#inBlock(func, it, from, undefined, depth + 1),
      );
      common = common ? both(common, known) : known;
    }
    return common ?? nothing;
  }

  #ofComparison(
    func: number,
    it: Func,
    { operator, left, right }: Inst & { op: 'binary' },
    truth: boolean,
    depth: number,
  ): Facts {
    const [a, b] = [this.#part(func, left), this.#part(func, right)];
    if (/^[<>]=?$/.test(operator)) {
      const isLess = operator.startsWith('<') === truth;
      const limit = a === 'measure' ? right : left;
      const bound = it.code[limit];
      for (const name of namesOf(this.#linked, { func, value: limit }))
        if (/^(env|environ|getenv)$/.test(name)) return nothing;
      if (bound?.op === 'global' && /^(Infinity|NaN)$/.test(bound.name)) return nothing;
      // `> 0` only says that it is not empty.
      if (bound?.op === 'const' && typeof bound.value === 'number' && bound.value <= 0) return nothing;
      const isBound =
        (a === 'measure' && b === undefined && isLess) || (b === 'measure' && a === undefined && !isLess);
      return isBound ? this.#facts(func, a === 'measure' ? left : right, 'size') : nothing;
    }
    const isEqual = operator === '==' || operator === 'in';
    if (!isEqual && operator !== '!=' && operator !== 'not in') return nothing;
    const holds = isEqual === truth;
    const other = it.code[a === undefined ? left : right];
    if (other?.op === 'const' && (other.value === null || other.value === undefined || other.value === '')) {
      const [value, part] = a === undefined ? [right, b] : [left, a];
      if (part === 'upload' && other.value !== '')
        return holds ? this.#facts(func, value, ...allKinds) : nothing;
      if (part === 'listed' && !holds) return this.#facts(func, value, 'type');
      return holds || part === undefined ? nothing : this.#shownBy(func, it, value, true, depth + 1);
    }
    if (other?.op === 'const' && typeof other.value === 'boolean')
      return this.#shownBy(func, it, a === undefined ? right : left, holds === other.value, depth + 1);
    // The test looks the value up in a list of the program, not a word in the client's text.
    const asked = operator === 'in' || operator === 'not in' || a !== undefined ? left : right;
    const compared = asked === left ? right : left;
    if (this.#part(func, asked) === 'claim' && namesFamily(this.#linked, { func, value: compared }))
      return nothing;
    return holds ? this.#asListed(func, asked) : nothing;
  }

  #ofCall(
    func: number,
    it: Func,
    value: ValueId,
    call: Inst & { op: 'call' },
    truth: boolean,
    depth: number,
  ): Facts {
    if (this.#linked.targets(func, value).length > 0) return this.#ofReturns(func, value, truth, depth + 1);
    const callee = it.code[call.callee];
    const [first] = call.args;
    // `hasattr(photo, "content_type")`: a file that was stored earlier is no upload.
    const isAsked = callee?.op === 'global' && /^(hasattr|isinstance)$/.test(callee.name);
    if (isAsked && !truth && first !== undefined && this.#part(func, first) === 'upload')
      return this.#facts(func, first, ...allKinds);
    if (callee?.op !== 'member' || !truth) return nothing;
    const receiver = this.#part(func, callee.object);
    if (callee.name === 'get')
      return this.#part(func, value) === 'listed' ? this.#facts(func, value, 'type') : nothing;
    if (/^(has|includes|test|match|fullmatch|hasOwn)$/.test(callee.name)) {
      const isPattern = /^(test|match|fullmatch)$/.test(callee.name);
      const isClaim = [callee.object, ...call.args].some((one) => this.#part(func, one) === 'claim');
      const isTypes = isPattern
        ? takesTypes(this.#linked, func, call, callee.object)
        : !namesFamily(this.#linked, { func, value: callee.object });
      if (isClaim && !isTypes) return nothing;
      const asked = either(
        first === undefined ? nothing : this.#asListed(func, first),
        either(
          this.#asListed(func, call.args[1] ?? -1),
          callee.name === 'match' ? this.#asListed(func, callee.object) : nothing,
        ),
      );
      // A pattern may match only a part.
      return isPattern ? new Set([...asked].filter((fact) => fact.startsWith('type '))) : asked;
    }
    if (/^(startswith|startsWith|equals)$/.test(callee.name)) {
      const part = receiver ?? (first === undefined ? undefined : this.#part(func, first));
      if (part === 'claim' && !takesTypes(this.#linked, func, call, callee.object)) return nothing;
      if (part !== 'content' && part !== 'answer' && part !== 'claim') return nothing;
      return this.#facts(func, receiver === undefined && first !== undefined ? first : callee.object, 'type');
    }
    return /^(endswith|endsWith)$/.test(callee.name) && (receiver === 'name' || receiver === 'ending')
      ? this.#facts(func, callee.object, 'type', 'ending')
      : nothing;
  }
}
