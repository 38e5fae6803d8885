import type { Call, ValueId } from '../../ir/ir.ts';
import { patternAt } from '../../semantics/pattern/pattern-at.ts';
import type { Use } from '../kit/use.ts';
import { kindOf } from './checked.ts';
import { type HostSource, hostInSource } from './host-form.ts';

/** A text that is matched against a regular expression. */
export interface Matched {
  readonly source: string;
  readonly subject: ValueId;
  readonly how: 'search' | 'match' | 'fullmatch';
}

export function matchedBy(use: Use, call: Call): Matched | undefined {
  const callee = use.frame.inst(call.callee);
  const { patternsAreTexts } = use.language;
  const [first, second] = call.args;
  if (first === undefined) return undefined;
  if (callee.op === 'import')
    return patternsAreTexts && callee.specifier === 're' && second !== undefined
      ? made(use, first, second, callee.name)
      : undefined;
  if (callee.op !== 'member') return undefined;
  if (patternsAreTexts) {
    const of = use.frame.inst(callee.object);
    if (of.op === 'import' && /^(re|regex)$/.test(of.specifier))
      return second === undefined ? undefined : made(use, first, second, callee.name);
    return made(use, callee.object, first, callee.name);
  }
  return callee.name === 'match' || callee.name === 'search'
    ? made(use, first, callee.object, 'search')
    : made(use, callee.object, first, 'search');
}

function made(use: Use, pattern: ValueId, subject: ValueId, name: string): Matched | undefined {
  const it = patternAt(use.frame, pattern);
  if (!it || it.source.length > 1000) return undefined;
  // With the flag `x`, the source may contain spaces and comments.
  const source = it.flags.includes('x') ? it.source.replace(/\\.|#[^\n]*|\s/gs, withoutNotes) : it.source;
  return { source, subject, how: name === 'match' || name === 'fullmatch' ? name : 'search' };
}

function withoutNotes(part: string): string {
  return part.startsWith('\\') ? part : '';
}

/** Whether a regular expression captures the part after a host: `youtube\.com\/watch\?v=(\w+)`. */
export function takesPart({ source }: Matched): boolean {
  const host = hostInSource(source.replace(/\\\//g, '/'));
  return host !== undefined && /[^\\]\((?!\?[:=!])[^)]/.test(source.replace(/\\\//g, '/').slice(host.end));
}

/**
 * Returns a message about the mistake in a regular expression that checks a host. Undefined if it has no mistake, or checks
 * no host.
 */
export function expressionMessage(use: Use, { source, subject, how }: Matched): string | undefined {
  const plain = source.replace(/\\\//g, '/').replace(/\\-/g, '-');
  const host = hostInSource(plain);
  if (!host || plain[host.at - 1] === '@') return undefined;
  const isStart = /^\(*(\?:|\?[imsu]+\))?\(*(\^|\\A)/.test(plain);
  const hasScheme = /https?\??\)?:/.test(plain.slice(0, host.at)) || /:\/\//.test(plain.slice(0, host.at));
  if (!kindOf(use, subject) && !(hasScheme && (isStart || how !== 'search'))) return undefined;
  return (
    openDot(host) ??
    openStart(plain, host, how, isStart) ??
    openMiddle(plain, host) ??
    openEnd(plain, host, how)
  );
}

function openDot({ text }: HostSource): string | undefined {
  return /(^|[^\\])\./.test(text) ? `The dot in \`${text}\` matches any character.` : undefined;
}

function openStart(
  source: string,
  host: HostSource,
  how: Matched['how'],
  isStart: boolean,
): string | undefined {
  if (isStart || how !== 'search') return undefined;
  const head = source.slice(0, host.at);
  // `(^|\.)example\.com$`, or `\.example\.com$`, which matches only subdomains.
  if (/\^/.test(head) || (/\\\.$/.test(head) && isEnded(source.slice(host.end)))) return undefined;
  return `The expression has no \`^\`, so a URL can contain \`${shown(host)}\` anywhere.`;
}

/** `^https?://.*\.example\.com` */
function openMiddle(source: string, host: HostSource): string | undefined {
  const head = source.slice(0, host.at);
  return /:\/\/(\(\?:|\()?\.[*+]/.test(head)
    ? `Anything can come before \`${shown(host)}\`, including a slash.`
    : undefined;
}

function openEnd(source: string, host: HostSource, how: Matched['how']): string | undefined {
  if (how === 'fullmatch') return undefined;
  const tail = source.slice(host.end).replace(/^(\)|\\b|\?:|\.\*)+/, '');
  return tail === '' ? `The host name can continue after \`${shown(host)}\`.` : undefined;
}

function isEnded(tail: string): boolean {
  return /^\)*(\$|\\[zZ]|:|\(|\/)/.test(tail);
}

function shown({ text }: HostSource): string {
  return text.replace(/\\/g, '');
}
