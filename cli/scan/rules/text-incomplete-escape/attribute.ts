import type { FuncInfo } from '../../callgraph/program.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { usersOf } from '../../ir/query/users.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { calleeName, isConst, known, type Use } from '../kit/use.ts';
import { handles } from './backslash.ts';
import { before } from './chain.ts';
import { plain, type Replacement, textAt } from './replacement.ts';
import { searched, singles } from './searched.ts';
import type { Weakness } from './weakness.ts';

/** The start of an attribute's value: `<a title="`. */
const inAttribute = /[\s"'][\w:.@-]+\s*=\s*(["'])[^"'<>]*$/;

/** Bounds how much of a text is read before a placeholder. */
const maxBefore = 200;

/**
 * Finds a text that is inserted into a quoted attribute, although the text may contain that quote:
 * `'<a title="' + text.replace(/</g, '&lt;') + '">'`. Undefined if there is no such text.
 */
export function quotesInAttribute(use: Use): Weakness | undefined {
  for (const { quote, value } of holesOf(use)) {
    const missing = leavesQuote(use, value, quote);
    if (missing)
      return { message: `\`${quote}\` is not escaped in an attribute value.`, confidence: 'medium' };
  }
  return undefined;
}

interface Hole {
  readonly quote: string;
  readonly value: ValueId;
}

function holesOf(use: Use): readonly Hole[] {
  const { inst } = use;
  if (inst.op === 'text') return ofParts(use, inst.parts);
  if (inst.op !== 'binary') return none;
  if (inst.operator === '%') return ofFormat(use, inst);
  if (inst.operator !== '+') return none;
  const left = use.frame.inst(inst.left);
  const end = left.op === 'binary' && left.operator === '+' ? left.right : inst.left;
  const quote = quoteAfter(lastText(use, end));
  return quote === undefined ? none : [{ quote, value: inst.right }];
}

const none: readonly Hole[] = [];

/** The end of a constant text, or of a template that ends with one. */
function lastText(use: Use, value: ValueId): string {
  const whole = textAt(use, value);
  if (whole !== undefined) return whole;
  const inst = use.frame.inst(value);
  const last = inst.op === 'text' ? inst.parts.at(-1) : undefined;
  return last === undefined ? '' : (textAt(use, last) ?? '');
}

function ofParts(use: Use, parts: readonly ValueId[]): Hole[] {
  const holes: Hole[] = [];
  let text = '';
  for (const part of parts.slice(0, 60)) {
    const constant = constText(use.frame.values[part]);
    if (constant !== undefined) {
      text += constant;
      continue;
    }
    const quote = quoteAfter(text);
    if (quote !== undefined) holes.push({ quote, value: part });
    text += 'x';
  }
  return holes;
}

/** `'<a title="%s">' % title` */
function ofFormat(use: Use, inst: Inst & { op: 'binary' }): Hole[] {
  const format = textAt(use, inst.left);
  if (format === undefined || !format.includes('="')) return [];
  const right = use.frame.inst(inst.right);
  const values = right.op === 'list' ? right.items : [inst.right];
  const pieces = format.split(/%[sr]/);
  let text = '';
  return values.slice(0, pieces.length).flatMap((value, i): Hole[] => {
    text = `${text.slice(-maxBefore)}x${pieces[i]}`;
    const quote = quoteAfter(text);
    return quote === undefined ? [] : [{ quote, value }];
  });
}

function quoteAfter(text: string): string | undefined {
  return text.includes('=') ? inAttribute.exec(` ${text.slice(-maxBefore)}`)?.[1] : undefined;
}

/** Whether a text was escaped for HTML, except for this quote. */
function leavesQuote(use: Use, value: ValueId, quote: string): boolean {
  const own = escapeOf(use, plain(use, value), quote);
  if (own !== undefined) return own;
  const call = use.frame.inst(plain(use, value));
  if (call.op !== 'call') return false;
  const targets = use.frame.linked.targets(use.frame.id, plain(use, value));
  return targets.length === 1 && targets.every(({ func }) => helperLeaves(use, func, quote));
}

/** `true` if `<` is escaped and the quote isn't. `undefined` if nothing is escaped. */
function escapeOf(use: Use, value: ValueId, quote: string): boolean | undefined {
  const inst = use.frame.inst(value);
  if (inst.op === 'call' && byHost(use.language, halfEscapes)?.(use, inst)) return true;
  const { replacements, callees } = before(use, value);
  if (!replacements.some((one) => isEscaping(use, one))) return undefined;
  if ([...callees].some((name) => /encodeURI|stringify|quote|escape/i.test(name))) return false;
  return !replacements.some(({ search }) => handles(use, search, quote));
}

function isEscaping(use: Use, one: Replacement): boolean {
  if (!one.all || !singles(searched(one.search, use.language.regexDialect)).has('<')) return false;
  return one.by === '&lt;' || one.by === '&#60;' || (one.by === undefined && one.search.kind === 'pattern');
}

const halfEscapes: ByHost<(use: Use, call: Call) => boolean> = { python: isHalfEscape };

/** Functions of Python's library that leave quotes, by default or by an argument. */
function isHalfEscape(use: Use, call: Call): boolean {
  if (calleeName(use, call) !== 'escape') return false;
  const at = call.names?.indexOf('quote') ?? -1;
  const callee = use.frame.inst(call.callee);
  const of = callee.op === 'member' ? use.frame.inst(callee.object) : callee;
  const specifier = of.op === 'import' ? of.specifier : '';
  if (specifier === 'html') return isConst(known(use, call.args[at >= 0 ? at : 1] ?? -1), false);
  return specifier === 'xml.sax.saxutils' && call.args.length === 1;
}

/** The results of `helperLeaves`, by function and quote. */
const knownHelpers = memoized((_: Func) => new Map<string, boolean>());

/** Whether a function of the project escapes text but leaves this quote. Kept, since a helper is used in many places. */
function helperLeaves(use: Use, id: number, quote: string): boolean {
  const info = use.frame.linked.program.functions[id];
  if (!info) return false;
  const ofFunc = knownHelpers(info.func);
  const leaves = ofFunc.get(quote) ?? allReturnsLeave(use, info, quote);
  ofFunc.set(quote, leaves);
  return leaves;
}

function allReturnsLeave(use: Use, info: FuncInfo, quote: string): boolean {
  const frame = use.frame.engine.codeView(info.id);
  const inner: Use = { ...use, frame, value: 0, inst: info.func.code[0] as Inst };
  const returned = [...usersOf(info.func).returned].filter((value) => {
    const inst = info.func.code[value];
    return inst?.op !== 'const';
  });
  return (
    returned.length > 0 && returned.every((value) => escapeOf(inner, plain(inner, value), quote) === true)
  );
}
