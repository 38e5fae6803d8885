import type { ValueId } from '../../ir/ir.ts';
import { wordsOf } from '../../ir/query/words.ts';
import type { Use } from '../kit/use.ts';
import { type Claim, claimOf } from './claim.ts';

/** Names by which somebody says who they are, or whose something is. */
const identities =
  /^(x )?(current |my |auth |authenticated |session |logged in |acting |request )?(user|uid|account|owner|login|username|member|customer|tenant|role|author|profile|employee|client user)( ?(id|name|key|role|email|no|number))?$/;

/** Values that are compared because two copies of a request must be the same, and what says nothing of who asks. */
const others =
  /csrf|xsrf|state|nonce|token|etag|none-?match|modified|host|origin|referer|confirm|repeat|retype|again|password|agent|version|lang|locale|page|cursor|limit|offset|sort|digest|signature|hmac|hash/i;

/** Two values of one request that are compared, of which one says who has sent it. */
export interface SameRequest {
  readonly claim: Claim;
  /** It is a cookie or a header, in which a program writes down who somebody is. */
  readonly isKept: boolean;
}

/** `req.cookies.userId === req.params.id`: the sender writes both. */
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
