import type { ValueId } from '../../ir/ir.ts';
import { wordsOf } from '../../ir/query/words.ts';
import type { Use } from '../kit/use.ts';
import { type Claim, claimOf } from './claim.ts';

/** Names for the identity of a user or of an owner. */
const identities =
  /^(x )?(current |my |auth |authenticated |session |logged in |acting |request )?(user|uid|account|owner|login|username|member|customer|tenant|role|author|profile|employee|client user)( ?(id|name|key|role|email|no|number))?$/;

/** Values that are compared because two copies in a request must be equal, and values that say nothing about the client. */
const others =
  /csrf|xsrf|state|nonce|token|etag|none-?match|modified|host|origin|referer|confirm|repeat|retype|again|password|agent|version|lang|locale|page|cursor|limit|offset|sort|digest|signature|hmac|hash/i;

/**
 * A comparison of two values of the same request, of which at least one claims an identity. The client sends both, so
 * it can make them equal.
 */
export interface SameRequest {
  readonly claim: Claim;
  /**
   * Whether the identity comes from a cookie or a header, where programs usually keep it. False if it comes from
   * another part of the request, such as the query.
   */
  readonly isKept: boolean;
}

/** Finds a comparison of two values that the client controls: `req.cookies.userId === req.params.id`. */
export function sameRequest(use: Use, left: ValueId, right: ValueId): SameRequest | undefined {
  if (use.frame.inst(left).op === 'const' || use.frame.inst(right).op === 'const') return undefined;
  const one = claimOf(use.frame, left);
  const other = one && claimOf(use.frame, right);
  if (!one || !other || one.kind === 'address' || other.kind === 'address') return undefined;
  if (one.kind === other.kind && one.name === other.name) return undefined;
  if (others.test(one.name) || others.test(other.name)) return undefined;
  const kept = [one, other].find((claim) => isKept(claim) && isIdentity(claim));
  if (kept) return { claim: kept, isKept: true };
  const claim = isIdentity(one) && isIdentity(other) ? one : undefined;
  return claim && { claim, isKept: false };
}

function isKept({ kind }: Claim): boolean {
  return kind === 'cookie' || kind === 'header';
}

function isIdentity({ name }: Claim): boolean {
  return identities.test(wordsOf(name).join(' '));
}
