import { maxRegexLength } from '../../budgets/regex.ts';
import { maxHopsToPattern, maxPatternParts, maxTextParts } from '../../budgets/semantics.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { cellStores, instOf, type Place } from '../../callgraph/query/made-by.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { patternOf } from './pattern-of.ts';

/** A regular expression as it appears in the source code. */
export interface Written {
  readonly source: string;
  readonly flags: string;
}

/**
 * The regular expression that a value holds, with all its flags. The value may be a literal, the result of
 * `re.compile(...)` or `new RegExp(...)`, or a text that is the expression's source. Undefined if unknown.
 */
export function patternAt(frame: FunctionView, value: ValueId): Written | undefined {
  const written = writtenPattern(frame.linked, { func: frame.id, value });
  if (written) return written;
  const known = constText(frame.values[value]);
  return known === undefined ? patternOf(frame, value) : { source: known, flags: '' };
}

/**
 * The regular expression that the source code gives for a value. The value may be a literal, such as `/a+/`, or a call,
 * such as `new RegExp('a+')` or `new RegExp(/a+/)`. Undefined for other values.
 */
export function writtenPattern(linked: Linked, value: Place): Written | undefined {
  const { inst, source, flags } = compiledAt(linked, value);
  if (inst?.op === 'regex') return { source: inst.source, flags: inst.flags };
  const text = source && textAt(linked, source);
  if (text !== undefined) return { source: text, flags };
  const inner = source && instOf(linked, origin(linked, source));
  return inner?.op === 'regex' ? { source: inner.source, flags: inner.flags } : undefined;
}

/**
 * A regular expression whose text is only partly in the source code, as in `re.compile(r'([ ]{0,%d})x' % width)`. Each unknown
 * part is `hole`, a character that no text contains. Undefined if no part is known.
 */
export function patternWithHoles(linked: Linked, value: Place): Written | undefined {
  const { source, flags } = compiledAt(linked, value);
  const text = source && textWithHoles(linked, source);
  if (text === undefined || text === hole) return undefined;
  return { source: text.replace(counts, (count) => count.replaceAll(hole, '3')), flags };
}

/** Counts of repetitions that are unknown in part. */
const counts = /\{\d*\ue000?,?\d*\ue000?\}/g;

/** Stands for an unknown part of a text. */
export const hole = '\ue000';

interface Compiled {
  /** The instruction that made the value. */
  readonly inst: Inst | undefined;
  readonly source?: Place | undefined;
  readonly flags: string;
}

function compiledAt(linked: Linked, value: Place): Compiled {
  const place = origin(linked, value);
  const inst = instOf(linked, place);
  if (inst?.op !== 'call' || !isConstructor(linked, place.func, inst)) return { inst, flags: '' };
  const [source, flags] = inst.args.map((arg) => ({ func: place.func, value: arg }));
  return { inst, source, flags: flags ? lettersAt(linked, flags, 0) : '' };
}

function isConstructor(linked: Linked, func: number, inst: Inst & { op: 'call' }): boolean {
  const callee = instOf(linked, origin(linked, { func, value: inst.callee }));
  return (
    (callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import') &&
    (callee.name === 'compile' || callee.name === 'RegExp')
  );
}

/** The place where a value is created. The value is traced back through variables that are assigned only once. */
export function origin(linked: Linked, from: Place): Place {
  let { func, value } = from;
  for (let hop = 0; hop < maxHopsToPattern; hop++) {
    const inst = instOf(linked, { func, value });
    if (inst?.op === 'typed' || inst?.op === 'effect' || inst?.op === 'cell-store') {
      value = inst.value;
      continue;
    }
    const module = linked.program.functions[func]?.module ?? 0;
    const cell =
      inst?.op === 'cell-load'
        ? (linked.program.firstCell[module] ?? 0) + inst.cell
        : inst?.op === 'import'
          ? linked.cellOfImport(module, inst.specifier, inst.name)
          : undefined;
    if (cell === undefined) break;
    // A method call on a variable stores it again, but the expression stays the same.
    const stores = (cellStores(linked).get(cell) ?? []).filter((one) => instOf(linked, one)?.op !== 'effect');
    const [only] = stores;
    if (!only || stores.length > 1) break;
    ({ func, value } = only);
  }
  return { func, value };
}

function textAt(linked: Linked, place: Place): string | undefined {
  const inst = instOf(linked, origin(linked, place));
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}

/**
 * The text that the source code gives for a value, with `hole` for each unknown part. A text that is long, or made of many
 * parts, is `hole`.
 */
export function textWithHoles(linked: Linked, from: Place): string {
  return textOf(linked, from, 0, { parts: maxTextParts });
}

/** How many parts of a text may still be read. */
interface Budget {
  parts: number;
}

function textOf(linked: Linked, from: Place, depth: number, budget: Budget): string {
  if (depth > maxPatternParts || budget.parts-- <= 0) return hole;
  const place = origin(linked, from);
  const inst = instOf(linked, place);
  const at = (value: ValueId): string => textOf(linked, { func: place.func, value }, depth + 1, budget);
  if (inst?.op === 'const' && typeof inst.value === 'string') return limited(inst.value);
  if (inst?.op === 'text') return limited(inst.parts.map(at).join(''));
  if (inst?.op !== 'binary') return hole;
  if (inst.operator === '+') return limited(at(inst.left) + at(inst.right));
  return inst.operator === '%' ? at(inst.left).replace(formatted, hole) : hole;
}

function limited(text: string): string {
  return text.length > maxRegexLength ? hole : text;
}

const formatted = /%(?:\([^()]{0,100}\))?[-#0 +]*(?:[1-9]\d*)?(?:\.\d+)?[a-zA-Z]/g;

/** The flags as letters: `'gi'`, or Python's `re.M | re.I`. */
function lettersAt(linked: Linked, place: Place, depth: number): string {
  const inst = instOf(linked, place);
  if (depth > 8 || !inst) return '';
  if (inst.op === 'const') return typeof inst.value === 'string' ? inst.value : '';
  if (inst.op === 'binary') {
    const [left, right] = [inst.left, inst.right].map((value) => ({ func: place.func, value }));
    return lettersAt(linked, left as Place, depth + 1) + lettersAt(linked, right as Place, depth + 1);
  }
  return inst.op === 'member' || inst.op === 'import' ? flagLetter(inst.name) : '';
}

/** The letter of a Python flag: `re.VERBOSE` is `x`. Empty for an unknown name. */
export function flagLetter(name: string): string {
  if (name === 'DOTALL') return 's';
  if (name === 'VERBOSE') return 'x';
  return /^(?:[IMSX]|IGNORECASE|MULTILINE)$/.test(name) ? name.slice(0, 1).toLowerCase() : '';
}
