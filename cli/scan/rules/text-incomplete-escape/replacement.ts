import { constText } from '../../dataflow/domain/abstract.ts';
import { literalOf } from '../../dataflow/query/literal.ts';
import { behindOf } from '../../dataflow/query/trace-value.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { flagLetter, patternAt } from '../../semantics/pattern/pattern-at.ts';
import { known, type Use } from '../kit/use.ts';

/** A call that replaces parts of a text. */
export interface Replacement {
  readonly value: ValueId;
  readonly subject: ValueId;
  readonly search: Search;
  /** The replacement, if it is a constant. */
  readonly by: string | undefined;
  readonly isByFunction: boolean;
  /** The call replaces all occurrences, not only the first. */
  readonly all: boolean;
}

export type Search =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string };

/** Recognises `s.replace(a, b)`, `s.split(a).join(b)`, `re.sub(a, b, s)` and `compiled.sub(b, s)`. */
export function replacementOf(use: Use, value: ValueId): Replacement | undefined {
  const call = use.frame.inst(value);
  if (call.op !== 'call') return undefined;
  const callee = use.frame.inst(call.callee);
  const { patternsAreTexts, itemsAreReceivers } = use.language;
  if (callee.op === 'import')
    return patternsAreTexts && callee.name === 'sub' ? ofModule(use, value, call) : undefined;
  if (callee.op !== 'member') return undefined;
  switch (callee.name) {
    case 'replace':
    case 'replaceAll':
      return patternsAreTexts
        ? ofPython(use, value, call, callee.object)
        : ofJavascript(use, value, call, callee.object, callee.name);
    case 'sub':
    case 'subn':
      return patternsAreTexts ? ofExpression(use, value, call, callee.object) : undefined;
    case 'join':
      return itemsAreReceivers ? ofSplit(use, value, call, callee.object) : undefined;
    default:
      return undefined;
  }
}

function ofJavascript(
  use: Use,
  value: ValueId,
  call: Call,
  subject: ValueId,
  name: string,
): Replacement | undefined {
  const [search, by] = call.args;
  if (search === undefined || by === undefined || call.spread) return undefined;
  const text = textAt(use, search);
  const pattern = text === undefined ? patternAt(use.frame, search) : undefined;
  if (text === undefined && (!pattern || hasUnknownFlags(use, search))) return undefined;
  return {
    value,
    subject,
    search: pattern ? { kind: 'pattern', ...pattern } : { kind: 'text', text: text ?? '' },
    by: textAt(use, by),
    isByFunction: use.frame.linked.functions(use.frame.id, by).length > 0,
    all: name === 'replaceAll' || (pattern?.flags.includes('g') ?? false),
  };
}

/** `new RegExp(source, flags)` with unknown flags. */
function hasUnknownFlags(use: Use, search: ValueId): boolean {
  const made = use.frame.inst(plain(use, search));
  const flags = made.op === 'call' ? made.args[1] : undefined;
  return flags !== undefined && textAt(use, flags) === undefined;
}

/** Python's `s.replace(a, b)`, which replaces all occurrences unless a count is passed. */
function ofPython(use: Use, value: ValueId, call: Call, subject: ValueId): Replacement | undefined {
  const [search, by] = call.args;
  if (search === undefined || by === undefined || call.names?.some((name) => name !== null)) return undefined;
  const text = textAt(use, search);
  if (text === undefined) return undefined;
  return {
    value,
    subject,
    search: { kind: 'text', text },
    by: textAt(use, by),
    isByFunction: false,
    all: call.args.length === 2,
  };
}

/** `re.sub(...)` or `compiled.sub(...)`. */
function ofExpression(use: Use, value: ValueId, call: Call, object: ValueId): Replacement | undefined {
  const of = use.frame.inst(object);
  if (of.op === 'import' && /^(re|regex)$/.test(of.specifier) && of.name === '*')
    return ofModule(use, value, call);
  const [by, subject] = call.args;
  const pattern = patternAt(use.frame, object);
  return pattern && by !== undefined && subject !== undefined
    ? ofPattern(use, value, pattern, by, subject, call.args.length === 2)
    : undefined;
}

function ofModule(use: Use, value: ValueId, call: Call): Replacement | undefined {
  const [search, by, subject] = call.args;
  if (search === undefined || by === undefined || subject === undefined) return undefined;
  const pattern = patternAt(use.frame, search);
  if (!pattern) return undefined;
  const at = call.names?.indexOf('flags') ?? -1;
  const flags = call.args[at >= 0 ? at : 4];
  const letters = flags === undefined ? '' : lettersOf(use, flags, 0);
  const isCounted = call.names?.includes('count') || (call.args.length > 3 && !call.names?.[3]);
  const full = { source: pattern.source, flags: pattern.flags + letters };
  return ofPattern(use, value, full, by, subject, !isCounted);
}

function ofPattern(
  use: Use,
  value: ValueId,
  pattern: { readonly source: string; readonly flags: string },
  by: ValueId,
  subject: ValueId,
  all: boolean,
): Replacement {
  return {
    value,
    subject,
    search: { kind: 'pattern', source: pattern.source, flags: pattern.flags },
    by: textAt(use, by),
    isByFunction: use.frame.linked.functions(use.frame.id, by).length > 0,
    all,
  };
}

/** Returns the flags of a Python regular expression as letters: `re.I | re.S` -> `is`. */
export function lettersOf(use: Use, value: ValueId, depth: number): string {
  const inst = use.frame.inst(value);
  if (depth > 6) return '';
  if (inst.op === 'binary')
    return lettersOf(use, inst.left, depth + 1) + lettersOf(use, inst.right, depth + 1);
  return inst.op === 'member' || inst.op === 'import' ? flagLetter(inst.name) : '';
}

function ofSplit(use: Use, value: ValueId, call: Call, object: ValueId): Replacement | undefined {
  const split = use.frame.inst(object);
  const callee = split.op === 'call' ? use.frame.inst(split.callee) : undefined;
  if (split.op !== 'call' || callee?.op !== 'member' || callee.name !== 'split') return undefined;
  const [search, by] = [split.args[0], call.args[0]];
  if (search === undefined || by === undefined) return undefined;
  const text = textAt(use, search);
  const pattern = text === undefined ? patternAt(use.frame, search) : undefined;
  if (text === undefined && !pattern) return undefined;
  return {
    value,
    subject: callee.object,
    search: pattern ? { kind: 'pattern', ...pattern } : { kind: 'text', text: text ?? '' },
    by: textAt(use, by),
    isByFunction: false,
    all: true,
  };
}

/**
 * Returns the value before type annotations, `await`, assignments, and calls or stores that may change it as an object.
 */
export function plain(use: Use, value: ValueId): ValueId {
  let at = value;
  for (let steps = 0; steps < 40; steps++) {
    const behind = behindOf(use.frame.inst(at));
    if (behind === undefined) return at;
    at = behind;
  }
  return at;
}

/** Returns the constant text of a value, even in a function that was not analysed. Undefined for other values. */
export function textAt(use: Use, value: ValueId): string | undefined {
  const it = known(use, value) ?? literalOf(use.frame.linked, { func: use.frame.id, value });
  return constText(it);
}
