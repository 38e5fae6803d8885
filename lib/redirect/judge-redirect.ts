import { type Denied, deny } from '../refusal/decision.ts';
import { ownPath } from './own-path.ts';

/** No browser and no server takes a longer URL for granted. */
const longest = 8_192;

/** The normal form of an allowed target, or the denial. Pure. */
export function judgeRedirect(
  target: unknown,
  origins: ReadonlySet<string>,
): string | Denied<'redirect/unsafe-target'> {
  if (typeof target !== 'string')
    return unsafe(`(${Array.isArray(target) ? 'array' : typeof target})`, 'not a string');
  if (target.length > longest) return unsafe(target, 'too long');
  if (target.startsWith('/')) return ownPath(target) ?? unsafe(target, 'not a path of this application');
  const absolute = /^https?:\/\/[^/?#\\@\p{Cc}\p{Z}]+(?=[/?#]|$)/iu.exec(target);
  if (!absolute) return unsafe(target, 'neither a path nor an http URL');
  if (/\p{Cc}/u.test(target)) return unsafe(target, 'a control character');
  return listed(target, origins) ?? unsafe(target, 'an origin that is not listed');
}

function listed(target: string, origins: ReadonlySet<string>): string | undefined {
  try {
    const url = new URL(target);
    return origins.has(url.origin) && url.username === '' && url.password === '' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function unsafe(target: string, reason: string): Denied<'redirect/unsafe-target'> {
  return deny('redirect/unsafe-target', { target: target.slice(0, 512), reason });
}
