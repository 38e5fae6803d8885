import type { Linked } from '../../callgraph/linked.ts';
import { cellStores, instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import { literalOf } from '../../dataflow/query/literal.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';

/**
 * Whether a method compares only a part of the origin. An attacker can then register an origin that passes:
 * `https://example.com.evil.net`, `https://notexample.com`.
 */
export function isIncompleteCall(linked: Linked, func: number, name: string, call: Call): boolean {
  const [first] = call.args;
  if (first === undefined) return false;
  if (name === 'match' || name === 'search') return isOpenPattern(linked, func, first);
  const text = constText(literalOf(linked, { func, value: first }));
  switch (name) {
    case 'includes':
    case 'indexOf':
    case 'lastIndexOf':
      return text === undefined || /[a-z]/i.test(text);
    case 'startsWith':
      return text === undefined ? !endsClosed(linked, func, first) : isOpenPrefix(text);
    case 'endsWith':
      return text !== undefined && /^[a-z\d-]+(\.[a-z\d-]+)+$/i.test(text);
    default:
      return false;
  }
}

/** `https://example.com`, after which the host name can continue; not `http://localhost:`. */
function isOpenPrefix(text: string): boolean {
  return /^https?:\/\/[^:/]*$/i.test(text) || /^[a-z\d-]+(\.[a-z\d-]+)*$/i.test(text);
}

/** A computed prefix that ends with a character that no host name has: `${base}:`, `base + '/'`. */
function endsClosed(linked: Linked, func: number, value: ValueId): boolean {
  const inst = instOf(linked, { func, value });
  const last = inst?.op === 'text' ? inst.parts.at(-1) : inst?.op === 'binary' ? inst.right : undefined;
  const text = last === undefined ? undefined : constText(literalOf(linked, { func, value: last }));
  return text !== undefined && /[:/]$/.test(text);
}

/**
 * Whether a test of the origin also accepts other origins. One case is a pattern that may match only a part of the origin:
 * `/example\.com/.test(event.origin)`. The other is a constant text that is searched for the origin:
 * `'https://a.com,https://b.com'.includes(event.origin)` also accepts `https://a.co`.
 */
export function isIncompletePattern(
  linked: Linked,
  func: number,
  callee: Inst & { readonly op: 'member' },
): boolean {
  if (callee.name === 'test' || callee.name === 'exec') return isOpenPattern(linked, func, callee.object);
  if (!/^(includes|indexOf|startsWith|endsWith)$/.test(callee.name)) return false;
  return constText(literalOf(linked, { func, value: callee.object })) !== undefined;
}

function isOpenPattern(linked: Linked, func: number, value: ValueId): boolean {
  const source = sourceOf(linked, func, value);
  return source !== undefined && !branches(source).every(isAnchored);
}

function sourceOf(linked: Linked, func: number, value: ValueId): string | undefined {
  const place = firstMade(linked, { func, value });
  const inst = instOf(linked, place);
  if (inst?.op === 'regex') return inst.source;
  if (inst?.op === 'const') return typeof inst.value === 'string' ? inst.value : undefined;
  const callee = inst?.op === 'call' ? instOf(linked, { func: place.func, value: inst.callee }) : undefined;
  const [first] = inst?.op === 'call' ? inst.args : [];
  if (callee?.op !== 'global' || callee.name !== 'RegExp' || first === undefined) return undefined;
  return constText(literalOf(linked, { func: place.func, value: first }));
}

/** Like `madeBy`, but ignores that a method called on a variable may have changed its value: `TRUSTED.test()`. */
function firstMade(linked: Linked, from: Place): Place {
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  if (inst?.op !== 'cell-load') return place;
  const module = linked.program.functions[place.func]?.module ?? 0;
  const stores = cellStores(linked).get((linked.program.firstCell[module] ?? 0) + inst.cell) ?? [];
  const own = stores.filter((store) => instOf(linked, store)?.op !== 'effect');
  return own.length === 1 && own[0] ? madeBy(linked, own[0]) : place;
}

/** The top-level alternatives of a pattern. */
function branches(source: string): string[] {
  const all: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < source.length; i++) {
    const char = source[i];
    if (char === '\\') i++;
    else if (char === '(' || char === '[') depth++;
    else if (char === ')' || char === ']') depth--;
    else if (char === '|' && depth === 0) {
      all.push(source.slice(from, i));
      from = i + 1;
    }
  }
  all.push(source.slice(from));
  return all;
}

/** After `:` or a slash comes a port or a path, so the host has ended. */
function isAnchored(branch: string): boolean {
  return /^(\(\?:|\()*\^/.test(branch) && /(\$|\/|:|:\\d[+*]|:\[0-9\][+*]|\$\)+|\/\)+)[?]?$/.test(branch);
}
