import { maxTextLength } from '../../budgets/dataflow.ts';
import { type Abstract, derived, onlyConst, prefixOf, tainted } from './abstract.ts';
import { harmlessBehind } from './harmless-behind.ts';
import { constants } from './join.ts';
import { kinds, noLeadingSlash } from './kinds.ts';
import type { Taint } from './taint.ts';

/** A bound of a slice: undefined if there is none, null if it is unknown. */
export type Bound = number | undefined | null;

/**
 * Converts an abstract value to the bound of a slice. A missing value counts as no bound, and so does a constant null,
 * None or undefined.
 */
export function boundOf(value: Abstract | undefined): Bound {
  if (!value) return undefined;
  const only = onlyConst(value);
  if (only && (only.value === undefined || only.value === null)) return undefined;
  return Number.isInteger(only?.value) ? (only?.value as number) : null;
}

/** Surrogates. Python counts code points and JavaScript UTF-16 units; the two agree in texts without surrogates. */
const halves = /[\ud800-\udfff]/;

/** The slice of a string if it is constant, although the rest of the string may be tainted. Undefined otherwise. */
function knownPart(it: Abstract, from: Bound, to: Bound): Abstract | undefined {
  if (from === null || to === null || it.shape === 'pattern') return undefined;
  if (it.consts && it.taints.length === 0) {
    const texts = it.consts.filter((one): one is string => typeof one === 'string' && !halves.test(one));
    return texts.length === it.consts.length
      ? constants([...new Set(texts.map((text) => text.slice(from, to)))])
      : undefined;
  }
  const { textTemplate: skeleton } = it;
  if (skeleton === undefined || halves.test(skeleton)) return undefined;
  const start = prefixOf(it);
  if ((from ?? 0) >= 0 && to !== undefined && to >= 0 && to <= start.length)
    return constants([start.slice(from, to)]);
  const end = skeleton.length < maxTextLength ? skeleton.slice(skeleton.lastIndexOf('\0') + 1) : '';
  const isAtEnd = from !== undefined && from < 0 && -from <= end.length && (to === undefined || to < 0);
  return isAtEnd ? constants([end.slice(from, to)]) : undefined;
}

/**
 * The slice of a string. A known prefix may make a string harmless in some kinds of sinks. If the prefix is cut off,
 * the slice is no longer sanitised for these kinds.
 */
export function partOfText(it: Abstract, from: Bound, to: Bound): Abstract {
  const known = knownPart(it, from, to);
  if (known) return known;
  const start = it.shape === 'pattern' ? '' : prefixOf(it);
  if (start === '' || it.taints.length === 0) {
    const isCut = from !== undefined && from !== 0;
    return tainted(isCut ? it.taints.map(withoutBeginning) : it.taints, it.shape);
  }
  const kept = from === undefined ? start : from === null || from < 0 ? '' : start.slice(from);
  const [before, after] = [harmlessBehind(start), harmlessBehind(kept)];
  const taints = derived(it.taints).map((taint) => ({
    ...taint,
    clean: taint.clean.without(before).union(after),
  }));
  const isBegun = kept !== '' && to === undefined;
  return { ...tainted(taints, it.shape), textTemplate: isBegun ? `${kept}\0` : undefined };
}

const byBeginning = kinds('redirect', 'ssrf', 'link').union(noLeadingSlash);

/**
 * The taint of a text after its first characters were cut off. If the beginning made the text harmless as an address,
 * the taint is no longer sanitised for `redirect`, `ssrf` and `link`: `/old/https://evil.com` stays on this site, but
 * `https://evil.com` does not. A taint that is also sanitised for `xss` or `path` is returned unchanged: a check for
 * these sinks covers all characters of the text, so it still holds.
 */
export function withoutBeginning(taint: Taint): Taint {
  const isByBeginning = taint.clean.meets(byBeginning) && !taint.clean.meets(kinds('xss', 'path'));
  return isByBeginning ? { ...taint, clean: taint.clean.without(byBeginning) } : taint;
}
