import {
  type Abstract,
  constText,
  derived,
  prefixOf,
  tainted,
  withTaints,
} from '../../dataflow/domain/abstract.ts';
import { constants } from '../../dataflow/domain/join.ts';
import { type Bound, boundOf, partOfText, withoutBeginning } from '../../dataflow/domain/slice-text.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';

/**
 * The result of a method that returns a part of a text: `text.slice(0, 3)`, `text.removeprefix('a')`. Undefined for other
 * methods, and if the bounds are unknown.
 */
export function cutText(call: BuiltinCall): Abstract | undefined {
  const { args, receiver, name, inst } = call;
  if (receiver.fields || receiver.rest || inst.spread || inst.names) return undefined;
  switch (name) {
    case 'slice':
    case 'substring':
    case 'substr': {
      const bounds = boundsOf(name, boundOf(args[0]), boundOf(args[1]));
      return bounds && cut(receiver, ...bounds);
    }
    case 'removeprefix':
      return withoutStart(receiver, args[0]);
    case 'removesuffix':
      return withoutEnd(receiver, args[0]);
    default:
      return undefined;
  }
}

/** A part of a tainted text is derived, no longer exact. */
function cut(it: Abstract, from: Bound, to: Bound): Abstract {
  const part = partOfText(it, from, to);
  return withTaints(part, derived(part.taints));
}

/** The bounds, converted to those of a slice. */
function boundsOf(name: string, first: Bound, second: Bound): [Bound, Bound] | undefined {
  if (first === null || second === null) return undefined;
  if (name === 'slice') return [first, second];
  if (name === 'substr') {
    const from = first ?? 0;
    if (second === undefined) return [from, undefined];
    return from < 0 ? undefined : [from, from + Math.max(second, 0)];
  }
  const [from, to] = [Math.max(first ?? 0, 0), second === undefined ? undefined : Math.max(second, 0)];
  return to !== undefined && to < from ? [to, from] : [from, to];
}

function withoutStart(it: Abstract, start: Abstract | undefined): Abstract | undefined {
  const text = constText(start);
  if (text === undefined || it.shape === 'pattern') return undefined;
  if (isTexts(it))
    return constants(unique(it.consts, (one) => (one.startsWith(text) ? one.slice(text.length) : one)));
  const begins = prefixOf(it);
  if (text !== '' && begins.startsWith(text)) return cut(it, text.length, undefined);
  return begins === '' && it.taints.length > 0
    ? tainted(derived(it.taints.map(withoutBeginning)), 'text')
    : undefined;
}

function withoutEnd(it: Abstract, end: Abstract | undefined): Abstract | undefined {
  const text = constText(end);
  return text && isTexts(it)
    ? constants(unique(it.consts, (one) => (one.endsWith(text) ? one.slice(0, -text.length) : one)))
    : undefined;
}

function isTexts(it: Abstract): it is Abstract & { readonly consts: readonly string[] } {
  return it.consts?.every((one) => typeof one === 'string') ?? false;
}

function unique(texts: readonly string[], make: (text: string) => string): string[] {
  return [...new Set(texts.map(make))];
}
