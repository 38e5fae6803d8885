import { maxPatternCallers } from '../budgets/guards.ts';
import { instAt, origin, type Place } from '../callgraph/query/called-on.ts';
import { isEscapingFunction } from '../callgraph/query/escaping-function.ts';
import { callsOf } from '../callgraph/query/made-by.ts';
import { passedFor } from '../callgraph/query/passed-for.ts';
import type { Check } from '../dataflow/domain/check.ts';
import { kinds, marksGone, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import { calledBy } from '../ir/default-calls.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { isFoundBehind } from '../regex/beginnings.ts';
import { formulaStarts } from '../semantics/pattern/formula-prefix.ts';
import { charactersOf, kindsAdmittedBy, kindsWithout } from '../semantics/pattern/pattern-kinds.ts';
import { flagsOf, type Pattern, patternOf } from '../semantics/pattern/pattern-of.ts';
import { endingChecks, endingsOfPattern } from './ending-checks.ts';

/**
 * What a match of a regular expression proves of the text, by the characters that the expression admits.
 * @param name the name of the called method
 * @param object the receiver of the call
 * @param isTrue whether the text has matched
 */
export function patternChecks(
  frame: FunctionView,
  inst: Inst & { op: 'call' },
  name: string,
  object: ValueId,
  isTrue: boolean,
): readonly Check[] {
  const [first, second] = inst.args;
  if (first === undefined) return [];
  if (!isTrue) return notMatched(frame, inst, name, object);
  // JavaScript: `/.../.test(x)`, `/.../.exec(x)`, `x.match(/.../)`, `x.search(/.../)`.
  if (!frame.language.patternsAreTexts) {
    if (name === 'test' || name === 'exec') return proven(first, patternsOf(frame, object), 'search');
    return name === 'match' ? proven(object, patternsOf(frame, first), 'search') : [];
  }
  if (name !== 'match' && name !== 'fullmatch' && name !== 'search') return [];
  // Python: `re.fullmatch(pattern, x)`, `compiled.match(x)`.
  const own = patternsOf(frame, object);
  if (own.length > 0 || second === undefined) return proven(first, own, name);
  const more = flagsOf(frame, inst.args[2]);
  const given = patternsOf(frame, first).map(({ source, flags }) => ({ source, flags: flags + more }));
  return proven(second, given, name);
}

/**
 * The expressions that a value can be. For a parameter, all that callers pass: `check(name, /^[a-z]+$/)`. Empty if any is unknown.
 */
function patternsOf(frame: FunctionView, value: ValueId): readonly Pattern[] {
  const own = patternOf(frame, value);
  const inst = frame.inst(value);
  if (own || inst.op !== 'param' || frame.handed.length > 0) return own ? [own] : [];
  const { linked, id } = frame;
  const calls = callsOf(linked, id);
  if (calls.length === 0 || calls.length > maxPatternCallers || isEscapingFunction(linked, id)) return [];
  const all = calls.flatMap((call) => {
    const passed = passedFor(linked, call, id, inst.index);
    return passed.length === 0
      ? [undefined]
      : passed.map((one) => writtenPattern(frame, { func: call.func, value: one }));
  });
  return all.every((one) => one !== undefined) ? all : [];
}

/**
 * The literal expression that a value is, in place or in a variable; in Python, a text or a compiled one. Undefined if it is
 * unknown, or global or sticky: such an expression continues after its last match.
 */
function writtenPattern({ linked, language }: FunctionView, place: Place): Pattern | undefined {
  const from = origin(linked, place);
  const inst = instAt(linked, from);
  if (language.patternsAreTexts) {
    const func = linked.program.functions[from.func]?.func;
    const [source, more] = inst?.op === 'call' && func && calledBy(func, inst) === 'compile' ? inst.args : [];
    const text = source === undefined ? inst : more === undefined ? func?.code[source] : undefined;
    return text?.op === 'const' && typeof text.value === 'string'
      ? { source: text.value, flags: '' }
      : undefined;
  }
  return inst?.op === 'regex' && !/[gy]/.test(inst.flags)
    ? { source: inst.source, flags: inst.flags }
    : undefined;
}

/** What is proven of a text that an expression does not match: `!/^[=+@-]/.test(text)`, `not re.match(...)`. */
function notMatched(
  frame: FunctionView,
  inst: Inst & { op: 'call' },
  name: string,
  object: ValueId,
): readonly Check[] {
  const [first, second] = inst.args;
  if (first === undefined) return [];
  if (name === 'test') return [...notFormula(frame, object, first), ...without(frame, object, first)];
  // JavaScript's `text.search(/[^a-z]/)` returns an index.
  if (name === 'search' && frame.language.patternsAreTexts)
    return second === undefined ? without(frame, object, first) : without(frame, first, second);
  if (name !== 'match') return [];
  if (second !== undefined) return notFormula(frame, first, second);
  return [
    ...notFormula(frame, object, first),
    ...notFormula(frame, first, object),
    ...(frame.language.patternsAreTexts ? [] : without(frame, first, object)),
  ];
}

/**
 * What is proven of a text that does not match a set of characters. Without `/[&<>"']/`, it needs no escaping. Without `/[^a-z]/`,
 * it has no other characters than `a` to `z`.
 */
function without(frame: FunctionView, pattern: ValueId, value: ValueId): readonly Check[] {
  const { source = '', flags = '' } = patternOf(frame, pattern) ?? {};
  const [, isOther, listed] = /^\[(\^?)((?:[^\]\\]|\\.)+)\]\+?$/.exec(source) ?? [];
  if (listed === undefined || goesOnBehind(frame, pattern, flags)) return [];
  if (isOther) {
    const clean = kindsAdmittedBy(`[${listed}]*`, flags, 'fullmatch');
    return clean === noKinds ? [] : [{ value, clean }];
  }
  const chars = charactersOf(`[${listed}]`);
  const clean = chars ? marksGone(chars).union(kindsWithout(chars)) : noKinds;
  return clean === noKinds ? [] : [{ value, clean }];
}

/** Whether an expression may skip a part of the text: a stored global one continues after its last match. */
function goesOnBehind(frame: FunctionView, pattern: ValueId, flags: string): boolean {
  return flags.includes('y') || (flags.includes('g') && frame.inst(pattern).op !== 'regex');
}

/** What is proven if the text does not match an expression for the beginning of a formula: it is no formula in a CSV file. */
function notFormula(frame: FunctionView, pattern: ValueId, value: ValueId): readonly Check[] {
  const { source, flags } = patternOf(frame, pattern) ?? {};
  return source !== undefined &&
    !goesOnBehind(frame, pattern, flags ?? '') &&
    isFoundBehind(source, flags ?? '', formulaStarts)
    ? [{ value, clean: kinds('csv') }]
    : [];
}

/** What is proven of `value` if one of these expressions, unknown which, has matched it. */
function proven(
  value: ValueId,
  patterns: readonly Pattern[],
  how: 'match' | 'fullmatch' | 'search',
): readonly Check[] {
  const [only, more] = patterns;
  if (!only) return [];
  const clean = patterns.reduce(
    (all, { source, flags }) => all.intersect(kindsAdmittedBy(source, flags, how)),
    kindsAdmittedBy(only.source, only.flags, how),
  );
  const endings = more ? [] : endingsOfPattern(only.source, only.flags, how === 'fullmatch');
  return [...(clean === noKinds ? [] : [{ value, clean }]), ...endingChecks(value, endings)];
}
