import { maxHopsToHost } from '../budgets/guards.ts';
import { constText, onlyConst } from '../dataflow/domain/abstract.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { allKinds, kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { formulaStarts } from '../semantics/pattern/formula-prefix.ts';
import { beginsAtRoot } from '../semantics/pattern/own-address.ts';
import { addressChecks } from './address-checks.ts';
import { endingChecks } from './ending-checks.ts';

const urlKinds = kinds('ssrf', 'redirect');
const link = kinds('link');
const hostMembers: ReadonlySet<string> = new Set(['hostname', 'netloc', 'host', 'origin']);
const parsers: ReadonlySet<string> = new Set([
  'URL',
  'urlparse',
  'urlsplit',
  'parse',
  'canParse',
  'make_url',
]);

const endTests: ReadonlySet<string> = new Set(['startsWith', 'startswith', 'endsWith', 'endswith']);

/** A text that does not begin with two slashes. The path of the request begins with one, so it stays on the site. */
function notTwice(frame: FunctionView, value: ValueId): readonly Check[] {
  const sources = (frame.values[value]?.taints ?? []).filter(({ origin }) => origin.kind === 'source');
  const isTarget = sources.length > 0 && sources.every(beginsAtRoot);
  const single: Check = { value, clean: noKinds, conjunct: 'single' };
  return isTarget ? [{ value, clean: urlKinds }, single] : [single];
}

/** What a test of the beginning or end of a URL or host proves: `url.startsWith('https://host/')`. */
function tests(
  frame: FunctionView,
  inst: Inst & { op: 'call' },
  name: string,
  object: ValueId,
  isTrue: boolean,
): readonly Check[] {
  const [arg] = inst.args;
  if (arg === undefined || !endTests.has(name)) return none;
  return ofTexts(frame, name, object, textsOf(frame, arg), isTrue);
}

/** The same as `tests`, for a text that begins or ends with one of several constants. */
function ofTexts(
  frame: FunctionView,
  name: string,
  object: ValueId,
  texts: readonly string[],
  isTrue: boolean,
): readonly Check[] {
  if (texts.length === 0) return [];
  const all = (pattern: RegExp): boolean => texts.every((text) => pattern.test(text));
  if (name === 'startsWith' || name === 'startswith') {
    // Behind `https://host/` an attacker cannot choose the host.
    if (isTrue && all(/^(https?:\/\/[^/?#@\\]+[/?#]|\/[^/\\])/))
      return [{ value: object, clean: urlKinds.union(link) }];
    if (isTrue && all(/^\/$/)) return [{ value: object, clean: link, conjunct: 'local' }];
    if (isTrue && all(/^(?:https?:|[/#?.])/i)) return [{ value: object, clean: link }];
    if (!isTrue && formulaStarts.every((start) => texts.includes(start)))
      return withStripped(frame, object).map((value) => ({ value, clean: kinds('csv') }));
    return !isTrue && texts.includes('//') ? notTwice(frame, object) : [];
  }
  if (!isTrue || (name !== 'endsWith' && name !== 'endswith')) return [];
  return isHost(frame, object)
    ? all(/^\.[^./]+(\.|$)/)
      ? ofHost(frame, { value: object, clean: allKinds })
      : []
    : endingChecks(object, texts);
}

/** A text and, if leading white space was stripped from it, the text before that. */
function withStripped(frame: FunctionView, value: ValueId): readonly ValueId[] {
  const inst = frame.inst(value);
  const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
  const [of] = inst.op === 'call' ? inst.args : [];
  const isBlank = of === undefined || /^\s+$/.test(constText(frame.values[of]) ?? '');
  return callee?.op === 'member' && /^(?:l?strip|trim(?:Start|Left)?)$/.test(callee.name) && isBlank
    ? [value, callee.object]
    : [value];
}

/** The constant texts that an argument can be: one, a few, or the items of a Python tuple. Empty if any is unknown. */
function textsOf(frame: FunctionView, value: ValueId): readonly string[] {
  const known = frame.values[value];
  const items =
    known?.shape === 'list' && known.length !== undefined ? [...(known.fields?.values() ?? [])] : [known];
  const texts = items.flatMap((item) => item?.consts ?? [undefined]);
  return texts.every((text) => typeof text === 'string') ? (texts as string[]) : [];
}

/**
 * What a member of a URL or address proves as a condition. `not parts.netloc`: a URL without a host leads to no other site. Its
 * path may: that of `////host` is `//host`.
 */
function member(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'member' },
  isTrue: boolean,
): readonly Check[] {
  if (!isTrue && (inst.name === 'netloc' || inst.name === 'hostname'))
    return ofHost(frame, { value, clean: allKinds }).map((check) =>
      check.value === inst.object ? { ...check, clean: check.clean.without(kinds('redirect')) } : check,
    );
  return addressChecks(frame, inst, isTrue);
}

function isHost(frame: FunctionView, value: ValueId): boolean {
  const inst = plain(frame, value);
  return inst.op === 'member' && hostMembers.has(inst.name);
}

/** For a check of a host or scheme: the checks of the URL that it was read from, and of the text that was parsed as that URL. */
function ofHost(frame: FunctionView, check: Check): readonly Check[] {
  if (!check.clean.includes(urlKinds)) return none;
  const inst = plain(frame, check.value);
  if (inst.op !== 'member') return none;
  const isHost = hostMembers.has(inst.name);
  if (!isHost && inst.name !== 'protocol' && inst.name !== 'scheme') return none;
  const clean = !isHost ? link : inst.name === 'origin' ? urlKinds.union(link) : urlKinds;
  const found: Check[] = [{ value: inst.object, clean }];
  const parsed = plain(frame, inst.object);
  if (parsed.op === 'call') {
    const callee = frame.inst(parsed.callee);
    const name =
      callee.op === 'global' || callee.op === 'member' || callee.op === 'import' ? callee.name : '';
    const [arg] = parsed.args;
    if (arg !== undefined && parsers.has(name)) {
      found.push({ value: arg, clean });
      // `urljoin(base, target)`: it holds for the target as well. Not for redirects: `////host` stays on the base's host only if
      // it is joined, and a browser reads it as `//host`.
      const target = joinedTo(frame, arg);
      if (target !== undefined) found.push({ value: target, clean: clean.without(kinds('redirect')) });
      // Another URL made of the same text.
      for (const use of madeOf(frame, arg)) found.push({ value: use, clean });
    }
  }
  return found;
}

function joinedTo(frame: FunctionView, value: ValueId): ValueId | undefined {
  const inst = frame.inst(value);
  const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
  const isJoin = (callee?.op === 'import' || callee?.op === 'member') && callee.name === 'urljoin';
  return isJoin && inst.op === 'call' ? inst.args[1] : undefined;
}

function madeOf(frame: FunctionView, text: ValueId): ValueId[] {
  const same = frame.valueNumbers[text];
  const found: ValueId[] = [];
  frame.func.code.forEach((inst, value) => {
    if (inst.op !== 'call' || inst.args.length === 0 || frame.valueNumbers[inst.args[0] as number] !== same)
      return;
    const callee = frame.inst(inst.callee);
    const name =
      callee.op === 'global' || callee.op === 'member' || callee.op === 'import' ? callee.name : '';
    if (parsers.has(name)) found.push(value);
  });
  return found;
}

const transparent: ReadonlySet<string> = new Set([
  'toLowerCase',
  'lower',
  'strip',
  'trim',
  'split',
  'rstrip',
]);

/** Whether an index reads the host itself from a host with a port or user: `u.host.split(':')[0]`, `netloc.split('@')[-1]`. */
function isHostPiece(frame: FunctionView, { key }: Inst & { op: 'index' }, { callee, args }: Call): boolean {
  const split = frame.inst(callee);
  const separator = constText(frame.values[args[0] ?? -1]);
  const at = onlyConst(frame.values[key])?.value;
  if (split.op !== 'member') return false;
  return separator === '@' ? at === -1 : separator === ':' && at === 0;
}

/**
 * The instruction inside changes of case, a removed port, effects and casts. In Python's `netloc` the part before a colon may be
 * the user, as in `api.example.com:x@127.0.0.1`, so that one is not followed.
 */
function plain(frame: FunctionView, value: ValueId): Inst {
  let inst = frame.inst(value);
  let isBeforeColon = false;
  for (let depth = 0; depth < maxHopsToHost; depth++) {
    if (inst.op === 'effect' || inst.op === 'await' || inst.op === 'typed' || inst.op === 'cell-store')
      inst = frame.inst(inst.value);
    else if (inst.op === 'index') {
      const object: Inst = frame.inst(inst.object);
      if (object.op !== 'call' || !isHostPiece(frame, inst, object)) break;
      isBeforeColon = constText(frame.values[object.args[0] ?? -1]) === ':';
      inst = object;
    } else if (inst.op === 'call') {
      const callee = frame.inst(inst.callee);
      if (callee.op !== 'member' || !transparent.has(callee.name)) break;
      inst = frame.inst(callee.object);
    } else if (inst.op === 'phi') {
      // `host = parsed.hostname or ''`
      const others = inst.inputs.map((input) => frame.inst(input)).filter((one) => one.op !== 'const');
      if (others.length !== 1 || !others[0]) break;
      inst = others[0];
    } else break;
  }
  if (isBeforeColon && inst.op === 'member' && inst.name === 'netloc') return frame.inst(value);
  return inst;
}

/**
 * What a test of a URL or host proves. Call `urlChecks` itself for a method call such as `url.startsWith(base)`, and its
 * members for other forms of tests.
 */
export const urlChecks: typeof tests & {
  ofHost: typeof ofHost;
  ofTexts: typeof ofTexts;
  member: typeof member;
} = Object.assign(tests, { ofHost, ofTexts, member });
