import { isStart } from './boundary.ts';
import type { FoundSecret } from './found-secret.ts';
import { isMadeUp } from './made-up.ts';

const token = /(ey[JA][\w-]{10,500})\.(e[yw][\w-]{10,3000})\.([\w-]{20,700})(?![\w-])/y;
const mostTries = 5000;

/** Signed tokens (JWT) that let somebody in. Those that pages are given, and those of documentation, are public. */
export function* signedTokens(text: string): Generator<FoundSecret> {
  let tries = 0;
  for (let at = text.indexOf('ey'); at >= 0 && tries < mostTries; at = text.indexOf('ey', at + 1)) {
    if (!isStart(text, at) || text[at - 1] === '.' || text[at - 1] === '-') continue;
    tries++;
    token.lastIndex = at;
    const [value, first = '', second = ''] = token.exec(text) ?? [];
    if (value === undefined || isMadeUp(value)) continue;
    const head = decoded(first);
    const claims = decoded(second);
    if (!/"alg"\s*:\s*"[A-Z]/.test(head) || !claims.startsWith('{') || isPublic.test(claims)) continue;
    yield { kind: 'signed-token', title: 'A signed token (JWT)', value, at, end: at + value.length };
  }
}

const isPublic =
  /"some"\s*:\s*"payload"|"role"\s*:\s*"anon"|"sub"\s*:\s*"1234567890"|John Doe|example\.(?:com|org|net)|supabase-demo|"(?:jane|johndoe|foo|test|user)"/i;

function decoded(part: string): string {
  const text = Buffer.from(part, 'base64url').toString('latin1');
  return text.startsWith('{') ? text : '';
}
