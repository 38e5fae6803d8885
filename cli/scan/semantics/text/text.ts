import { maxTextLength } from '../../budgets/dataflow.ts';
import {
  type Abstract,
  abstract,
  aText,
  constant,
  deepTaints,
  derived,
  tainted,
} from '../../dataflow/domain/abstract.ts';
import { harmlessBehind, toAddresses } from '../../dataflow/domain/harmless-behind.ts';
import {
  harmlessIn,
  type Kinds,
  kinds,
  noKinds,
  noLeadingSlash,
  notUp,
} from '../../dataflow/domain/kinds.ts';
import { joinTaints, noTaints, step, type Taint, withClean } from '../../dataflow/domain/taint.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Inst } from '../../ir/ir.ts';
import { beginsAtRoot, harmlessPart, isNoMoreThanText, isOwnAddress } from '../pattern/own-address.ts';
import { inFilter, inName } from './directory-text.ts';
import { inMarkup } from './markup-place.ts';
import { inShellText } from './shell-quotes.ts';
import { inXPathQuotes } from './xpath-quotes.ts';

/**
 * The value of a concatenation. Tainted data becomes clean for some sink kinds by the text in front of it: after
 * `https://example.com/`, data can no longer choose the host.
 */
export function textOf(frame: FunctionView, span: Inst, parts: readonly Abstract[]): Abstract {
  let skeleton = '';
  let known = true;
  let taints: readonly Taint[] = noTaints;
  const isAlone = isNoMoreThanText(parts);
  const [first = aText] = parts;
  // Behind the page's own address, data stays on that site.
  const onSite = first.taints.length > 0 && first.taints.every(isOwnAddress) ? toAddresses : noKinds;
  for (const part of parts) {
    const text = constantText(part);
    if (text !== undefined) {
      skeleton = `${skeleton}${text}`.slice(0, maxTextLength);
      continue;
    }
    known = false;
    const found = deepTaints(part);
    if (found.length > 0)
      taints = joinTaints(taints, behindText(frame, span, found, skeleton, isAlone, onSite));
    skeleton = `${skeleton}${part.textTemplate ?? '\0'}`.slice(0, maxTextLength);
  }
  if (known && parts.length > 0 && skeleton.length < maxTextLength) return constant(skeleton);
  if (taints.length > 0) taints = asName(taints, skeleton);
  const begun = skeleton === '\0' ? undefined : skeleton;
  return abstract(undefined, taints, undefined, undefined, 'text', undefined, begun);
}

/** The taints of a part of a text, with the kinds that the text in front of it makes clean. */
function behindText(
  frame: FunctionView,
  span: Inst,
  found: readonly Taint[],
  before: string,
  isAlone: boolean,
  onSite: Kinds,
): readonly Taint[] {
  const harmless = harmlessBehind(before);
  const asPath = before === '' ? noKinds : harmlessBehind(`${before}/`);
  const inBody = blankLine.test(before) && !parts.test(before) ? headers : noKinds;
  return found.map((taint) => ({
    origin: taint.origin,
    clean: harmlessPart(taint)
      .union(onSite)
      .union(inBody)
      .union(inFilter(inShellText(inMarkup(taint.clean, before), before), before))
      .union(inXPathQuotes(taint.clean, before))
      .union(beginsAtRoot(taint) ? asPath : harmless)
      .union(staysBelow(taint.clean, before))
      .without(harmfulBehindSlash(taint.clean, before))
      .union(staysBehindSlash(taint.clean, before)),
    exact: isAlone && isOwnAddress(taint),
    weak: taint.weak,
    trace: step(frame.id, span, 'becomes part of a string', taint.trace),
  }));
}

/** The clean kinds that depend on the whole text. */
function asName(taints: readonly Taint[], text: string): readonly Taint[] {
  return taints.map((taint) => {
    const clean = inName(taint.clean, text);
    return clean === taint.clean ? taint : withClean(taint, clean);
  });
}

export function constantText(part: Abstract): string | undefined {
  if (part.consts?.length !== 1) return undefined;
  const [only] = part.consts;
  return only === undefined ? undefined : String(only);
}

/** Behind another slash a path of the own site names a host: what could not be one by itself (`[a-z]+`) is none there. */
function harmfulBehindSlash(clean: Kinds, before: string): Kinds {
  return before === '/' && !clean.meets(harmlessIn('ssrf')) ? kinds('redirect', 'link') : noKinds;
}

/** One slash in front of a path without slashes at its start keeps it on the site. */
function staysBehindSlash(clean: Kinds, before: string): Kinds {
  return before === '/' && clean.meets(noLeadingSlash) ? toAddresses : noKinds;
}

/** Behind a blank line there are no more headers of a mail or a response (RFC 5322 section 2.1, RFC 9112 section 2.1). */
const blankLine = /\n\r?\n/;
const headers = kinds('mail', 'header');
/** Each part of a multipart body has headers again (RFC 2046 section 5.1). */
const parts = /multipart\/|(?:^|\n)--/i;

/** A path without `..` cannot leave the folder in front of it. An upload may still have any extension there. */
function staysBelow(clean: Kinds, before: string): Kinds {
  return clean.meets(notUp) && before !== '' ? kinds('path') : noKinds;
}

export function asText(it: Abstract): Abstract {
  const text = constantText(it);
  if (text !== undefined) return constant(text);
  const taints = derived(deepTaints(it));
  return taints.length === 0 ? aText : tainted(taints, 'text');
}
