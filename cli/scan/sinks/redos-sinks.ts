import { instOf } from '../callgraph/query/made-by.ts';
import { constText } from '../dataflow/domain/abstract.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import type { Trait } from '../models/traits.ts';
import type { Application } from '../regex/automaton.ts';
import { type Slowness, slowness } from '../regex/slowness.ts';
import {
  flagLetter,
  hole,
  origin,
  patternAt,
  patternWithHoles,
  type Written,
  writtenPattern,
} from '../semantics/pattern/pattern-at.ts';

/** A text that a call matches against a regular expression that can be slow. */
export interface RedosArgument {
  readonly value: ValueId;
  readonly slowness: Slowness;
}

/** How a function or a method applies an expression. */
interface Applied {
  readonly trait: Trait;
  /** The methods of Python's compiled expressions that do the same. */
  readonly methods: readonly string[];
  readonly how: Application;
  /** `g` where it looks for all matches. */
  readonly all: string;
  /** The position of the text, behind the expression, and that of the flags. */
  readonly at: number;
  readonly flags: number;
}

const applied: readonly Applied[] = [
  { trait: 'matches-at-start', methods: ['match'], how: 'match', all: '', at: 0, flags: 2 },
  { trait: 'matches-whole', methods: ['fullmatch'], how: 'fullmatch', all: '', at: 0, flags: 2 },
  { trait: 'searches', methods: ['search'], how: 'search', all: '', at: 0, flags: 2 },
  { trait: 'finds-all', methods: ['findall', 'finditer'], how: 'search', all: 'g', at: 0, flags: 2 },
  { trait: 'splits', methods: ['split'], how: 'search', all: 'g', at: 0, flags: 3 },
  { trait: 'replaces-all', methods: ['sub', 'subn'], how: 'search', all: 'g', at: 1, flags: 4 },
];
const byMethod: ReadonlyMap<string, Applied> = new Map(
  applied.flatMap((it) => it.methods.map((name) => [name, it])),
);
const textMethods: ReadonlySet<string> = new Set([
  'match',
  'matchAll',
  'search',
  'replace',
  'replaceAll',
  'split',
]);
/** These compile a text argument to an expression. The others search for it literally. */
const fromText: ReadonlySet<string> = new Set(['match', 'matchAll', 'search']);
/** The names of all functions and methods that match a text against a regular expression. */
export const matchingNames: ReadonlySet<string> = new Set([
  'test',
  'exec',
  ...textMethods,
  ...byMethod.keys(),
]);

/**
 * The text that a call matches against a slow regular expression. It may be an argument or the receiver: `x` in
 * `x.replace(/\s+$/, '')`, `/(a+)+$/.test(x)` and `re.match(r'(a+)+$', x)`. Empty for all other calls.
 */
export function redosArguments(frame: FunctionView, inst: Inst & Call): readonly RedosArgument[] {
  const callee = frame.inst(inst.callee);
  const { patternsAreTexts } = frame.language;
  if (callee.op === 'member') {
    const one = patternsAreTexts
      ? pythonMethod(frame, inst, callee.name, callee.object)
      : javascriptMethod(frame, inst, callee.name, callee.object);
    return one ? [one] : [];
  }
  const one = patternsAreTexts ? (boundMethod(frame, inst) ?? pythonFunction(frame, inst)) : undefined;
  return one ? [one] : [];
}

/** The method of an expression that a variable holds: `find_words = re.compile(r'...').findall`. */
function boundMethod(frame: FunctionView, inst: Inst & Call): RedosArgument | undefined {
  const { linked } = frame;
  const made = origin(linked, { func: frame.id, value: inst.callee });
  const member = instOf(linked, made);
  const known = member?.op === 'member' ? byMethod.get(member.name) : undefined;
  const text = known && argument(inst, known.at, 'string');
  if (member?.op !== 'member' || !known || text === undefined) return undefined;
  const object = { func: made.func, value: member.object };
  const pattern = writtenPattern(linked, object) ?? patternWithHoles(linked, object);
  return pattern && slow(frame, pattern, text, known.how, known.all);
}

function javascriptMethod(
  frame: FunctionView,
  inst: Inst & Call,
  name: string,
  object: ValueId,
): RedosArgument | undefined {
  const [first] = inst.args;
  if (first === undefined || inst.spread?.includes(0)) return undefined;
  if (name === 'test' || name === 'exec') {
    if (constText(frame.values[object]) !== undefined) return undefined;
    return slow(frame, patternAt(frame, object), first, 'search', '');
  }
  if (!textMethods.has(name)) return undefined;
  if (!fromText.has(name) && isText(frame, first)) return undefined;
  return slow(frame, patternAt(frame, first), object, 'search', name === 'split' ? 'g' : '');
}

function isText(frame: FunctionView, value: ValueId): boolean {
  const inst = frame.inst(value);
  if (inst.op === 'regex' || inst.op === 'call') return false;
  return frame.values[value]?.shape === 'text' || constText(frame.values[value]) !== undefined;
}

function pythonMethod(
  frame: FunctionView,
  inst: Inst & Call,
  name: string,
  object: ValueId,
): RedosArgument | undefined {
  const known = byMethod.get(name);
  if (!known) return undefined;
  const isText = constText(frame.values[object]) !== undefined;
  const text = argument(inst, known.at, 'string');
  const pattern = isText || text === undefined ? undefined : patternOfText(frame, object);
  if (pattern && text !== undefined) return slow(frame, pattern, text, known.how, known.all);
  return pythonFunction(frame, inst);
}

/** `re.match(pattern, text)`, under whatever name it was imported. */
function pythonFunction(frame: FunctionView, inst: Inst & Call): RedosArgument | undefined {
  for (const state of frame.linked.states(frame.id, inst.callee)) {
    const known = applied.find(({ trait }) => state.traits.has(trait));
    if (!known) continue;
    const pattern = argument(inst, 0, 'pattern');
    const text = argument(inst, known.at + 1, 'string');
    if (pattern === undefined || text === undefined) return undefined;
    const flags = argument(inst, known.flags, 'flags');
    const letters = known.all + flagsOf(frame, flags, 0);
    return slow(frame, patternOfText(frame, pattern), text, known.how, letters);
  }
  return undefined;
}

function argument(inst: Call, position: number, name: string): ValueId | undefined {
  const named = inst.names?.indexOf(name) ?? -1;
  if (named >= 0) return inst.args[named];
  if (inst.spread?.some((i) => i <= position) || inst.names?.[position]) return undefined;
  return inst.args[position];
}

/** The letters of Python's flags: `mi` for `re.M | re.I`. */
function flagsOf(frame: FunctionView, value: ValueId | undefined, depth: number): string {
  if (value === undefined || depth > 8) return '';
  const inst = frame.inst(value);
  if (inst.op === 'binary')
    return flagsOf(frame, inst.left, depth + 1) + flagsOf(frame, inst.right, depth + 1);
  return inst.op === 'member' || inst.op === 'import' ? flagLetter(inst.name) : '';
}

/** The regular expression that a value holds in a language that writes them as texts, which may be known in part. */
function patternOfText(frame: FunctionView, value: ValueId): Written | undefined {
  return patternAt(frame, value) ?? patternWithHoles(frame.linked, { func: frame.id, value });
}

function slow(
  frame: FunctionView,
  pattern: Written | undefined,
  value: ValueId,
  how: Application,
  flags: string,
): RedosArgument | undefined {
  const found = pattern && slowness(pattern.source, pattern.flags + flags, frame.language.regexDialect, how);
  // What stands in the hole decides whether this is slow.
  return found && !found.pump.includes(hole) ? { value, slowness: found } : undefined;
}
