import {
  type Abstract,
  cleaned,
  constText,
  deepTaints,
  derived,
  tainted,
  unknown,
} from '../../dataflow/domain/abstract.ts';
import { list } from '../../dataflow/domain/entries.ts';
import { type Kinds, kinds, noKinds } from '../../dataflow/domain/kinds.ts';
import { joinTaints } from '../../dataflow/domain/taint.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';
import { derivedOnSite, isAroundSite, isOwnAddress } from '../pattern/own-address.ts';
import { groupsIn } from '../pattern/pattern-groups.ts';
import { admitted } from '../pattern/pattern-kinds.ts';
import { patternOf } from '../pattern/pattern-of.ts';

/** Names of the methods that return the parts of a text, or the matches of a regular expression in a text. */
export const splits: ReadonlySet<string> = new Set([
  'split',
  'rsplit',
  'splitlines',
  'partition',
  'rpartition',
  'matchAll',
  'match',
  'exec',
  'fullmatch',
  'findall',
  'finditer',
  'readlines',
  'search',
]);

/** The result of a method in `splits`: the parts of a text, or the matches of a regular expression in a text. */
export function split(call: BuiltinCall): Abstract {
  const { args, receiver, name } = call;
  const input = receiver.shape === 'pattern' || isPattern(call) ? (args[0] ?? unknown) : receiver;
  const other =
    name === 'match' || name === 'search' || name === 'fullmatch' || name === 'findall' ? args[1] : undefined;
  // A line holds no line break, unless breaks are kept. A part between white space holds none either.
  const isLines =
    (name === 'splitlines' || (name === 'split' && call.frame.language.splitsAtSpace)) && args.length === 0;
  const clean = matchedKinds(call).union(isLines ? kinds('header', 'log', 'mail') : noKinds);
  const taints = joinTaints(derived(deepTaints(input)), other ? derived(deepTaints(other)) : []).map(
    (taint) => ({
      ...taint,
      clean: taint.clean.union(clean),
    }),
  );
  const rest = tainted(taints, 'text');
  const groups = groupKinds(call).map((kinds) => cleaned(rest, kinds));
  const parts = list(groups.length > 0 ? [rest, ...groups] : firstOnSite(call, input, clean), rest);
  return { ...parts, taints };
}

/** `location.href.split('#')[0]` is still the page's own address. */
function firstOnSite({ args, name }: BuiltinCall, input: Abstract, clean: Kinds): readonly Abstract[] {
  const by = constText(args[0]);
  if (name !== 'split' || by === undefined || !isAroundSite(by) || !input.taints.some(isOwnAddress))
    return [];
  const taints = derivedOnSite(deepTaints(input));
  return [
    tainted(
      taints.map((taint) => ({ ...taint, clean: taint.clean.union(clean) })),
      'text',
    ),
  ];
}

const matchers: ReadonlySet<string> = new Set([
  'match',
  'exec',
  'search',
  'fullmatch',
  'findall',
  'finditer',
  'matchAll',
]);

/** A match consists of characters that the expression admits. */
function matchedKinds(call: BuiltinCall): Kinds {
  const pattern = matchers.has(call.name) ? matchedBy(call) : undefined;
  return pattern ? admitted(pattern.source) : noKinds;
}

/** The clean kinds of each group of a match of `exec` and `match` in JavaScript: `const [, name, ending] = match`. */
function groupKinds(call: BuiltinCall): readonly Kinds[] {
  if (call.frame.language.patternsAreTexts || (call.name !== 'exec' && call.name !== 'match')) return none;
  const pattern = matchedBy(call);
  return pattern && !pattern.flags.includes('g') ? groupsIn(pattern.source).map(admitted) : none;
}

const none: readonly never[] = Object.freeze([]);

function matchedBy({ frame, inst }: BuiltinCall): ReturnType<typeof patternOf> {
  const callee = frame.inst(inst.callee);
  const own = callee.op === 'member' ? patternOf(frame, callee.object) : undefined;
  return own ?? (inst.args[0] === undefined ? undefined : patternOf(frame, inst.args[0]));
}

function isPattern({ frame, inst }: BuiltinCall): boolean {
  const callee = frame.inst(inst.callee);
  return (
    (callee.op === 'member' || callee.op === 'index') &&
    patternOf(frame, callee.object) !== undefined &&
    frame.inst(callee.object).op !== 'const'
  );
}
