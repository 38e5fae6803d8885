import { instAt, origin, type Place } from '../callgraph/query/called-on.ts';
import { isHandedOver } from '../callgraph/query/handed-over.ts';
import { callsOf } from '../callgraph/query/made-by.ts';
import { passedFor } from '../callgraph/query/passed-for.ts';
import { type Abstract, onlyConst, pattern, patternIn } from '../dataflow/domain/abstract.ts';
import type { Check } from '../dataflow/domain/check.ts';
import { kinds, marksGone, noKinds } from '../dataflow/domain/kinds.ts';
import type { Frame } from '../dataflow/function/frame.ts';
import { calledBy } from '../ir/default-calls.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { isFoundBehind } from '../regex/beginnings.ts';
import { charactersOf, kindsAdmittedBy, kindsWithout } from '../semantics/pattern/pattern-kinds.ts';
import { endingChecks, endingsOfPattern } from './ending-checks.ts';

/** Tests of a text by a regular expression: what the expression admits decides what is proven. */
export function patternChecks(
  frame: Frame,
  inst: Inst & { op: 'call' },
  name: string,
  object: ValueId,
  isTrue: boolean,
): readonly Check[] {
  const [first, second] = inst.args;
  if (first === undefined) return [];
  if (!isTrue) return notMatched(frame, inst, name, object);
  // JavaScript: `/.../.test(x)`, `/.../.exec(x)`, `x.match(/.../)`, `x.search(/.../)`.
  if (!frame.isPython) {
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

const maxCallers = 12;

/** The expression that a value is; those that all callers pass for it, where it is a parameter: `check(name, /^[a-z]+$/)`. */
function patternsOf(frame: Frame, value: ValueId): readonly Pattern[] {
  const own = patternOf(frame, value);
  const inst = frame.inst(value);
  if (own || inst.op !== 'param' || frame.handed.length > 0) return own ? [own] : [];
  const { linked, id } = frame;
  const calls = callsOf(linked, id);
  if (calls.length === 0 || calls.length > maxCallers || isHandedOver(linked, id)) return [];
  const all = calls.flatMap((call) => {
    const passed = passedFor(linked, call, id, inst.index);
    return passed.length === 0
      ? [undefined]
      : passed.map((one) => writtenPattern(frame, { func: call.func, value: one }));
  });
  return all.every((one) => one !== undefined) ? all : [];
}

/** `/^[a-z]+$/`, in place or under a name; one that is global begins where it has found something before. Python's are texts, or compiled. */
function writtenPattern({ linked, isPython }: Frame, place: Place): Pattern | undefined {
  const from = origin(linked, place);
  const inst = instAt(linked, from);
  if (isPython) {
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
  frame: Frame,
  inst: Inst & { op: 'call' },
  name: string,
  object: ValueId,
): readonly Check[] {
  const [first, second] = inst.args;
  if (first === undefined) return [];
  if (name === 'test') return [...notFormula(frame, object, first), ...without(frame, object, first)];
  // `text.search(/[^a-z]/)` gives a place in JavaScript.
  if (name === 'search' && frame.isPython)
    return second === undefined ? without(frame, object, first) : without(frame, first, second);
  if (name !== 'match') return [];
  if (second !== undefined) return notFormula(frame, first, second);
  return [
    ...notFormula(frame, object, first),
    ...notFormula(frame, first, object),
    ...(frame.isPython ? [] : without(frame, first, object)),
  ];
}

/** `/[&<>"']/.test(text)`: a text in which none of these stands needs no escaping; one without `/[^a-z]/` holds nothing else. */
function without(frame: Frame, pattern: ValueId, value: ValueId): readonly Check[] {
  const { source = '', flags = '' } = patternOf(frame, pattern) ?? {};
  const [, isOther, listed] = /^\[(\^?)((?:[^\]\\]|\\.)+)\]\+?$/.exec(source) ?? [];
  if (listed === undefined || goesOnBehind(frame, pattern, flags)) return [];
  if (isOther) {
    const clean = kindsAdmittedBy(`[${listed}]*`, flags, 'fullmatch');
    return clean === noKinds ? [] : [{ value, clean }];
  }
  const chars = charactersOf(`[${listed}]`);
  const clean = chars ? marksGone(chars) | kindsWithout(chars) : noKinds;
  return clean === noKinds ? [] : [{ value, clean }];
}

/** Whether an expression may not look at the whole text: one that is global and is kept begins where it has found something before. */
function goesOnBehind(frame: Frame, pattern: ValueId, flags: string): boolean {
  return flags.includes('y') || (flags.includes('g') && frame.inst(pattern).op !== 'regex');
}

/** A text that does not begin like a formula. */
function notFormula(frame: Frame, pattern: ValueId, value: ValueId): readonly Check[] {
  const { source, flags } = patternOf(frame, pattern) ?? {};
  return source !== undefined &&
    !goesOnBehind(frame, pattern, flags ?? '') &&
    isFoundBehind(source, flags ?? '', formulaStarts)
    ? [{ value, clean: kinds('csv') }]
    : [];
}

/** What a cell begins with that is read as a formula. */
export const formulaStarts: readonly string[] = ['=', '+', '-', '@'];

/** What all of the expressions let through that it may be. */
function proven(
  value: ValueId,
  patterns: readonly Pattern[],
  how: 'match' | 'fullmatch' | 'search',
): readonly Check[] {
  const [only, more] = patterns;
  if (!only) return [];
  const clean = patterns.reduce(
    (all, { source, flags }) => all & kindsAdmittedBy(source, flags, how),
    kindsAdmittedBy(only.source, only.flags, how),
  );
  const endings = more ? [] : endingsOfPattern(only.source, only.flags, how === 'fullmatch');
  return [...(clean === noKinds ? [] : [{ value, clean }]), ...endingChecks(value, endings)];
}

interface Pattern {
  readonly source: string;
  readonly flags: string;
}

export function patternOf(frame: Frame, of: ValueId): Pattern | undefined {
  const flown = patternIn(frame.values[of]);
  if (flown) return flown;
  let value = of;
  let inst = frame.inst(value);
  // A value that is checked again and again lies behind as many effects.
  while (inst.op === 'cell-store' || inst.op === 'effect') {
    value = inst.value;
    inst = frame.inst(value);
  }
  switch (inst.op) {
    case 'regex':
      return { source: inst.source, flags: inst.flags };
    case 'const':
      return typeof inst.value === 'string' ? { source: inst.value, flags: '' } : undefined;
    case 'cell-load':
      return frame.engine.pattern(frame.cellNumber(inst.cell));
    case 'import': {
      const cell = frame.linked.cellOfImport(frame.info.module, inst.specifier, inst.name);
      return cell === undefined ? undefined : frame.engine.pattern(cell);
    }
    case 'member': {
      const known = onlyConst(frame.values[value])?.value;
      return typeof known === 'string' ? { source: known, flags: '' } : undefined;
    }
    case 'call': {
      // `re.compile(pattern, flags)`, `new RegExp(source, flags)`.
      const callee = frame.inst(inst.callee);
      const name =
        callee.op === 'member' || callee.op === 'global' || callee.op === 'import' ? callee.name : '';
      const [source, flags] = inst.args;
      if ((name !== 'compile' && name !== 'RegExp') || source === undefined) return undefined;
      const text = onlyConst(frame.values[source])?.value;
      if (typeof text !== 'string') return patternOf(frame, source);
      const second = flags === undefined ? '' : onlyConst(frame.values[flags])?.value;
      return { source: text, flags: typeof second === 'string' ? second : flagsOf(frame, flags) };
    }
    default: {
      const known = onlyConst(frame.values[value])?.value;
      return typeof known === 'string' ? { source: known, flags: '' } : undefined;
    }
  }
}

/** What `new RegExp(source, flags)` and `re.compile(source, flags)` make. */
export function compiled(frame: Frame, inst: Inst & { op: 'call' }, callee: Inst): Abstract | undefined {
  const isCompiling =
    callee.op === 'global'
      ? callee.name === 'RegExp'
      : callee.op === 'import'
        ? callee.name === 'compile' && expressions.test(callee.specifier)
        : callee.op === 'member' && callee.name === 'compile' && isExpressions(frame.inst(callee.object));
  const source = inst.args[0];
  const flags = inst.args[1];
  if (!isCompiling || source === undefined) return undefined;
  const text = onlyConst(frame.values[source])?.value;
  const letters = flags === undefined ? '' : onlyConst(frame.values[flags])?.value;
  return typeof text === 'string'
    ? pattern(text, typeof letters === 'string' ? letters : flagsOf(frame, flags))
    : undefined;
}

/** Modules of regular expressions. */
const expressions = /^(?:re|re2|regex)$/;

function isExpressions(inst: Inst): boolean {
  return inst.op === 'import' && inst.name === '*' && expressions.test(inst.specifier);
}

/** Nobody joins more flags than this; flags of flags would double the work with each step. */
const maxFlags = 6;

/** Python's `re.M | re.I` as letters. */
export function flagsOf(frame: Frame, value: ValueId | undefined, depth = 0): string {
  if (value === undefined || depth > maxFlags) return '';
  const inst = frame.inst(value);
  if (inst.op === 'binary')
    return flagsOf(frame, inst.left, depth + 1) + flagsOf(frame, inst.right, depth + 1);
  if (inst.op !== 'member' && inst.op !== 'import') return '';
  return /^(M|MULTILINE)$/.test(inst.name) ? 'm' : /^(S|DOTALL)$/.test(inst.name) ? 's' : '';
}
