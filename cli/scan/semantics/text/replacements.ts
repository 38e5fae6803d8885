import {
  type Abstract,
  aText,
  deepTaints,
  derived,
  prefixOf,
  tainted,
  unknown,
} from '../../dataflow/domain/abstract.ts';
import {
  allKinds,
  dnEscaped,
  type Kinds,
  kinds,
  marksGone,
  noKinds,
  notUp,
} from '../../dataflow/domain/kinds.ts';
import { joinTaints, step, type Taint } from '../../dataflow/domain/taint.ts';
import { invoke } from '../../dataflow/summary/apply.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { sinkKinds } from '../../sinks/sink-kinds.ts';
import { type BuiltinCall, named } from '../call/builtin-call.ts';
import { leavesNoFormula } from '../pattern/formula-prefix.ts';
import { leavesLastPart } from '../pattern/last-part.ts';
import { derivedOnSite, isAroundSite, withRootReplaced } from '../pattern/own-address.ts';
import { byName, charactersOf } from '../pattern/pattern-kinds.ts';
import { flagsOf, patternOf } from '../pattern/pattern-of.ts';
import { takesSlashes } from './decoded.ts';
import { constantText } from './text.ts';

/**
 * The result of `replace` or `replaceAll` on a text. It is clean for the sink kinds whose dangerous characters are gone:
 * after `x.replace(/[^a-z]/g, '')`, for example, only the letters `a` to `z` are left.
 */
export function replaced(call: BuiltinCall): Abstract {
  const { frame, inst, args, receiver, name } = call;
  const [search, by] = args;
  const searchId = inst.args[0];
  const pattern = searchId === undefined ? undefined : patternOf(frame, searchId);
  const isRegex =
    searchId !== undefined && constantText(search ?? unknown) === undefined && pattern !== undefined;
  const all = isRegex ? pattern.flags.includes('g') : frame.language.replacesAll || name === 'replaceAll';
  const text = constantText(search ?? unknown);
  let clean: Kinds = noKinds;
  if (all && isRegex)
    clean = removedBy(
      pattern.source,
      constantText(by ?? unknown) ?? (isFunction(call) ? 'escaped' : undefined),
    );
  else if (all && text !== undefined) clean = withoutText(text, constantText(by ?? unknown));
  const byId = inst.args[1];
  const made =
    byId !== undefined && isFunction(call)
      ? invoke(frame, call.value, inst, byId, [receiver])
      : (by ?? unknown);
  if (isRegex && leavesNoFormula(pattern.source, writtenFirst(made))) clean = clean.union(kinds('csv'));
  if (isRegex)
    clean = clean.union(leavesLastPart(pattern.source, pattern.flags, constantText(by ?? unknown)));
  const read = deepTaints(receiver);
  const from = isRegex ? withRootReplaced(read, pattern.source, constantText(by ?? unknown)) : read;
  const putsSeparator =
    (text ?? pattern?.source ?? '').replaceAll('\\', '') !== '' && constantText(by ?? unknown)?.includes('/');
  const isStripped = takesSlashes(text ?? pattern?.source ?? '', isRegex, constantText(by ?? unknown));
  const isOnSite = isAroundSite(text ?? pattern?.source ?? '');
  let taints: readonly Taint[] = (isOnSite ? derivedOnSite(from) : derived(from)).map((taint) => ({
    ...taint,
    clean: (putsSeparator
      ? withSeparators(taint.clean)
      : isStripped
        ? withQuotes(taint.clean)
        : taint.clean
    ).union(clean),
  }));
  taints = joinTaints(taints, derived(deepTaints(made)));
  return taints.length === 0
    ? aText
    : tainted(
        taints.map((taint) => ({
          ...taint,
          trace: step(frame.id, inst, 'goes through a replacement', taint.trace),
        })),
        'text',
      );
}

/** `name.replace('__', '/')`: a path segment becomes several. Slashes from elsewhere were separators before. */
function withSeparators(clean: Kinds): Kinds {
  return clean.includes(allKinds) ? clean : clean.without(kinds('path'));
}

/** A text without its backslashes may end the SQL literal that it was escaped for. */
function withQuotes(clean: Kinds): Kinds {
  return clean.includes(allKinds) ? clean : clean.without(kinds('sql'));
}

/** The constant beginning of a replacement, or all of it if it is constant. */
function writtenFirst(by: Abstract): string | undefined {
  return constantText(by) ?? (prefixOf(by) || undefined);
}

function isFunction({ frame, inst }: BuiltinCall): boolean {
  const by = inst.args[1];
  return by !== undefined && frame.linked.functions(frame.id, by).length > 0;
}

/** The characters of a distinguished name that a backslash escapes: RFC 4514. */
const specialInNames = ',+"\\<>;=';

/** The kinds that a text is clean for once all matches are removed or escaped. */
function removedBy(source: string, by: string | undefined): Kinds {
  const negated = /^\[\^((?:[^\]\\]|\\.)+)\][+*]?$/.exec(source);
  if (negated) {
    const left = charactersOf(`[${negated[1]}]`);
    if (!left || by === undefined) return noKinds;
    const chars = new Set([...left, ...by]);
    let clean = allKinds.without(byName);
    for (const [kind, list] of removable)
      if ([...list].some((char) => chars.has(char))) clean = clean.without(kind);
    return clean;
  }
  if (source === '\\W' || source === '\\W+') return allKinds.without(byName);
  const gone = goneWith(source);
  const inName = /^\\\$[1&]$/.test(by ?? '') && [...specialInNames].every((char) => gone.has(char));
  const isPrefixed = by?.includes('$&') ?? false;
  // The replacement puts its own characters back.
  if (by !== undefined && !isPrefixed) for (const char of by) gone.delete(char);
  let clean = inName ? dnEscaped : noKinds;
  if (!isPrefixed) clean = clean.union(marksGone(gone)).union(gone.has('.') ? noDots : noKinds);
  for (const [kind, list] of removable)
    if ([...list].every((char) => gone.has(char))) clean = clean.union(kind);
  return isPrefixed ? clean.without(kinds('xss')) : clean;
}

/**
 * The characters that a text cannot hold once all matches of an expression are removed: those that match alone. `/<script>/g`
 * leaves `<`.
 */
function goneWith(source: string): Set<string> {
  const inner = /^\((?:\?:)?((?:[^()\\]|\\.)*)\)\+?$/.exec(source)?.[1] ?? source;
  const gone = new Set<string>();
  let required: string[] = [];
  const finish = (): void => {
    const [only, more] = required;
    if (only !== undefined && more === undefined) for (const char of charactersOf(only) ?? []) gone.add(char);
    required = [];
  };
  const unit = /\[(?:[^\]\\]|\\.)*\]|\\.|[^\\]/gy;
  for (let match = unit.exec(inner); match; match = unit.exec(inner)) {
    const [text] = match;
    if (text === '(' || text === ')' || text === '^' || text === '$') return new Set();
    const count =
      /^(?:[*+?]|\{\d*,?\d*\})\??/.exec(inner.slice(unit.lastIndex, unit.lastIndex + 24))?.[0] ?? '';
    unit.lastIndex += count.length;
    if (text === '|') finish();
    else if (!/^(?:[*?]|\{0)/.test(count)) required.push(text);
    if (required.length > 2) required.length = 2;
  }
  finish();
  return gone;
}

/** Without a dot a name has no ending either. */
const noDots: Kinds = notUp.union(kinds('upload'));

function withoutText(text: string, by: string | undefined): Kinds {
  if (by === undefined || by.includes(text)) return noKinds;
  if (text === '\n' || text === '\r') return kinds('log', 'header', 'mail');
  if (text === '/') return kinds('path');
  if (text === '.') return noDots;
  return marksGone(new Set([text]));
}

const removable: readonly (readonly [Kinds, string])[] = sinkKinds.flatMap(({ id, removableCharacters }) =>
  removableCharacters === undefined ? [] : [[kinds(id), removableCharacters] as const],
);

/** The result of Python's `re.sub(pattern, by, text)`, `compiled.sub(by, text)`. */
export function substituted(call: BuiltinCall): Abstract {
  const { frame, inst, args } = call;
  const callee = frame.inst(inst.callee);
  const own =
    callee.op === 'member' && frame.inst(callee.object).op !== 'import'
      ? patternOf(frame, callee.object)
      : undefined;
  const shift = own ? 0 : 1;
  const pattern = own ?? (inst.args[0] === undefined ? undefined : patternOf(frame, inst.args[0]));
  const by = args[shift] ?? unknown;
  const text = args[shift + 1] ?? named(call, 'string') ?? unknown;
  let clean = pattern ? removedBy(pattern.source, constantText(by)) : noKinds;
  if (pattern && leavesNoFormula(pattern.source, writtenFirst(by))) clean = clean.union(kinds('csv'));
  const given = own ? undefined : (flagsAt(inst) ?? inst.args[shift + 3]);
  if (pattern)
    clean = clean.union(
      leavesLastPart(pattern.source, pattern.flags + flagsOf(frame, given), constantText(by)),
    );
  const read = withRootReplaced(deepTaints(text), pattern?.source ?? '', constantText(by));
  const taints = derived(read).map((taint) => ({ ...taint, clean: taint.clean.union(clean) }));
  const all = joinTaints(taints, derived(deepTaints(by)));
  return all.length === 0 ? aText : tainted(all, 'text');
}

/** `re.sub(pattern, by, text, flags=re.S)`; as a positional argument it follows the count. */
function flagsAt({ args, names }: Call): ValueId | undefined {
  return args[names?.indexOf('flags') ?? -1];
}
