import { onlyConst } from '../dataflow/domain/abstract.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { charactersOf } from '../semantics/pattern/pattern-kinds.ts';
import { patternOf } from '../semantics/pattern/pattern-of.ts';

/**
 * What a call of `startsWith` or a match of a regular expression proves about the first character of a text: it is not
 * `-`, so no program reads the text as an option. Nothing else is proven.
 * @param name the name of the called method
 * @param object the receiver of the call
 * @param isTrue whether the call has returned a true value
 */
export function beginningChecks(
  frame: FunctionView,
  inst: Inst & { op: 'call' },
  name: string,
  object: ValueId,
  isTrue: boolean,
): readonly Check[] {
  const [first, second] = inst.args;
  if (first === undefined) return none;
  if (/^starts[wW]ith$/.test(name) && second === undefined) {
    const starts = startsOf(frame, first);
    const isProven = isTrue ? starts.length > 0 && starts.every(isNoOption) : starts.includes('-');
    return isProven ? noDash(object) : none;
  }
  const isExpression = /^(test|exec)$/.test(name);
  if (!isExpression && !/^(match|fullmatch|search)$/.test(name)) return none;
  // `/^\w/.test(x)`, `x.match(/^\w/)`, `re.match(pattern, x)`, `compiled.match(x)`
  const own = patternOf(frame, object);
  const source = (own ?? patternOf(frame, first))?.source;
  const value = own ? first : (second ?? object);
  if (source === undefined) return none;
  const start = beginningOf(source, frame.language.matchIsAnchored && name !== 'search');
  if (!start) return none;
  // A failed match refuses every leading dash only if the expression requires nothing more.
  const isProven = isTrue ? !start.chars.has('-') : start.chars.has('-') && start.isWhole;
  return isProven ? noDash(value) : none;
}

/** What `text[0] !== '-'` and similar comparisons prove where the operands differ: the text does not begin with a dash. */
export function firstIsNoDash(frame: FunctionView, value: ValueId, constant: unknown): readonly Check[] {
  if (constant !== '-') return none;
  const inst = frame.inst(value);
  if (inst.op === 'index' && onlyConst(frame.values[inst.key])?.value === 0) return noDash(inst.object);
  if (inst.op === 'slice' && inst.from === undefined) return noDash(inst.object);
  const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
  return callee?.op === 'member' && /^(charAt|at|slice|substring|substr)$/.test(callee.name)
    ? noDash(callee.object)
    : none;
}

/**
 * The conjunctive guards that comparisons of a path's first characters prove, such as `to[0] === '/'`, `to.charAt(1) !==
 * '/'`, `to[1] !== '\\'` or `to.slice(0, 2) !== '//'`. Only together do they prove that the path stays on the same site.
 * @param isEqual whether the operands are equal on this edge
 */
export function slashChecks(
  frame: FunctionView,
  value: ValueId,
  constant: unknown,
  isEqual: boolean,
): readonly Check[] {
  if (constant !== '/' && constant !== '\\' && constant !== '//') return none;
  const part = partOf(frame, value);
  if (!part) return none;
  const { object, from, to } = part;
  if (isEqual)
    return constant === '/' && from === 0 && to === 1
      ? [{ value: object, clean: kinds('link'), conjunct: 'local' }]
      : none;
  if (constant === '//')
    return from === 0 && to === 2 ? [{ value: object, clean: noKinds, conjunct: 'single' }] : none;
  if (from !== 1 || to !== 2) return none;
  return [
    { value: object, clean: noKinds, conjunct: constant === '/' ? 'no-second-slash' : 'no-second-backslash' },
  ];
}

/** The part of a text that an index, a slice or a method reads, with constant bounds. Undefined for other values. */
function partOf(
  frame: FunctionView,
  value: ValueId,
): { readonly object: ValueId; readonly from: number; readonly to: number } | undefined {
  const inst = frame.inst(value);
  const numberAt = (at: ValueId | undefined): number | undefined => {
    const it = at === undefined ? undefined : onlyConst(frame.values[at])?.value;
    return typeof it === 'number' ? it : undefined;
  };
  if (inst.op === 'index') {
    const from = numberAt(inst.key);
    return from === undefined ? undefined : { object: inst.object, from, to: from + 1 };
  }
  if (inst.op === 'slice') {
    const [from, to] = [inst.from === undefined ? 0 : numberAt(inst.from), numberAt(inst.to)];
    return from === undefined || to === undefined ? undefined : { object: inst.object, from, to };
  }
  const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
  if (inst.op !== 'call' || callee?.op !== 'member') return undefined;
  const [first, second] = [numberAt(inst.args[0]), numberAt(inst.args[1])];
  if (first === undefined) return undefined;
  if (callee.name === 'charAt' || callee.name === 'at')
    return { object: callee.object, from: first, to: first + 1 };
  if (second === undefined) return undefined;
  if (callee.name === 'slice' || callee.name === 'substring')
    return { object: callee.object, from: first, to: second };
  return callee.name === 'substr' ? { object: callee.object, from: first, to: first + second } : undefined;
}

function noDash(value: ValueId): readonly Check[] {
  return [{ value, clean: kinds('argument') }];
}

function isNoOption(start: unknown): boolean {
  return typeof start === 'string' && /^[^\s=+@-]/.test(start);
}

/** The constant prefixes that a test compares with: one or, in Python, a tuple of several. */
function startsOf(frame: FunctionView, value: ValueId): readonly unknown[] {
  const known = frame.values[value];
  const only = onlyConst(known);
  if (only) return [only.value];
  return [...(known?.fields?.values() ?? [])].map((one) => onlyConst(one)?.value);
}

/**
 * The characters that a text matching an expression can begin with. `isWhole` says that the expression requires nothing more.
 * Undefined if these are unknown.
 */
function beginningOf(
  source: string,
  isAnchored: boolean,
): { readonly chars: ReadonlySet<string>; readonly isWhole: boolean } | undefined {
  const inner = /^(?:\^|\\A)/.test(source) ? source.replace(/^(?:\^|\\A)/, '') : isAnchored ? source : '';
  const [whole = '', unit, count = ''] =
    /^(\[(?:[^\]\\]|\\.)+\]|\\[wd]|[\w/~-])([*?+]|\{\d)?/.exec(inner) ?? [];
  if (unit === undefined || /^[*?]|^\{0/.test(count) || hasAlternative(inner)) return undefined;
  const chars = charactersOf(unit);
  return chars && { chars, isWhole: whole.length === inner.length };
}

/** Whether an expression may have an alternative outside a group: a match may then begin differently. */
function hasAlternative(source: string): boolean {
  return source.replaceAll(/\\.|\[(?:[^\]\\]|\\.)*\]|\([^()|]*(?:\|[^()|]*)*\)/g, '').includes('|');
}
