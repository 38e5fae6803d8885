import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { ownPath } from './own-path.ts';
import { asSafeRedirect, type SafeRedirect } from './safe-redirect-type.ts';

export type RedirectValue = string | number | bigint | boolean;

/**
 * Builds a redirect from a literal with values. The literal names the host and the shape of the path. Each value is encoded, so that it stays
 * one segment, one query value or the fragment.
 *
 * @throws Misuse `redirect/invalid-template` if the literal doesn't begin with a path or an origin, or has a value in the host
 * @throws Refusal `redirect/unsafe-target` for a value that is neither a string nor a number, or is a dot segment
 *
 * @example
 * ```ts
 * import { redirectTo } from 'bulwark/redirect';
 *
 * redirectTo`/users/${42}?tab=${'a&b'}`; // '/users/42?tab=a%26b'
 * redirectTo`/files/${'../admin'}`; // '/files/..%2Fadmin'
 * redirectTo`https://accounts.example.com/login?client=${'shop 1'}`; // 'https://accounts.example.com/login?client=shop%201'
 * ```
 */
export function redirectTo(strings: TemplateStringsArray, ...values: readonly RedirectValue[]): SafeRedirect {
  if (!isTemplate(strings))
    throw new Misuse('redirect/invalid-template', 'redirectTo is a tag: redirectTo`/path`.');
  const start = startOf(strings);
  const encoded = values.map(encode);
  // An origin alone is the path `/`.
  const shape = strings
    .join(hole)
    .slice(start.length)
    .replace(/^(?!\/)/, '/');
  let at = 0;
  const path = shape
    .split(/(?<=[/?#])|(?=[/?#])/)
    .map((piece) => fill(piece, () => encoded[at++] ?? ''))
    .join('');
  return asSafeRedirect(start + (ownPath(path) ?? unsafe(path, 'not a path of this application')));
}

/** Occurs in no literal: a template with it is refused. */
const hole = '\0';

/** A value of dots would choose another path. So would one that completes a literal's dot. */
function fill(piece: string, next: () => string): string {
  if (!piece.includes(hole)) return piece;
  const filled = piece.replaceAll(hole, next);
  return /^(?:\.|%2e){1,2}$/i.test(filled) ? unsafe(filled, 'a dot segment') : filled;
}

function encode(value: unknown): string {
  const usable = ['string', 'bigint', 'boolean'].includes(typeof value) || Number.isFinite(value);
  if (!usable) unsafe(`(${Array.isArray(value) ? 'array' : typeof value})`, 'not text or a number');
  try {
    return encodeURIComponent(String(value));
  } catch {
    // Half of a surrogate pair.
    return unsafe('(malformed)', 'malformed text');
  }
}

function unsafe(target: string, reason: string): never {
  refuse(deny('redirect/unsafe-target', { target: target.slice(0, 512), reason }));
}

function isTemplate(strings: unknown): strings is TemplateStringsArray {
  return (
    Array.isArray(strings) && Object.isFrozen(strings) && Array.isArray((strings as { raw?: unknown }).raw)
  );
}

/** The origin that the literal begins with, or an empty string for a path. A value may follow only after it. */
function startOf(strings: TemplateStringsArray): string {
  const literal = strings[0] as string;
  if (strings.some((text) => text === undefined || /\p{Cc}/u.test(text)))
    throw new Misuse('redirect/invalid-template');
  if (/^\/(?![/\\])/.test(literal)) return '';
  const origin = /^https?:\/\/[a-z\d.-]+(?::\d+)?(?=[/?#]|$)/i.exec(literal)?.[0];
  const followed = origin !== undefined && (origin.length < literal.length || strings.length === 1);
  if (!followed) throw new Misuse('redirect/invalid-template');
  return new URL(origin).origin;
}
