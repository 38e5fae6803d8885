import dns, { type LookupAddress } from 'node:dns';
import { codes, type RefusalCode } from '../refusal/codes.ts';
import { type Denied, deny } from '../refusal/decision.ts';
import { decideAnswers, resolveName } from './lookup/answers.ts';
import { decideDestination, parseDestination } from './policy/destination.ts';
import type { FetchPolicy } from './policy/policy.ts';

/** What may be shown about a URL to the user who sent it: no address, and nothing about the policy. */
export type Inspection =
  | { readonly allow: true }
  | { readonly allow: false; readonly code: RefusalCode; readonly message: string };

/**
 * Checks a URL without fetching it. A name that does not resolve gets the same answer as one with a private address, so that
 * internal names can't be discovered.
 */
export async function inspect(text: string, policy: FetchPolicy): Promise<Inspection> {
  const denied = await decide(text, policy);
  if (!denied) return { allow: true };
  return { allow: false, code: denied.code, message: codes[denied.code].message };
}

async function decide(text: string, policy: FetchPolicy): Promise<Denied | undefined> {
  const destination = parseDestination(text);
  if ('allow' in destination) return destination;
  const { url, host, port, address } = destination;
  const decision = decideDestination(destination, policy);
  if (!decision.allow) return decision;
  if (address !== undefined) return undefined;
  const answers = await answersInTime(url.hostname, policy.timeoutMs);
  if (!answers) return deny('fetch/timeout', { host, limitMs: policy.timeoutMs });
  if (answers.length > 0) return decideAnswers(answers, host, port, policy);
  return { allow: false, code: 'fetch/private-address', detail: { host, address: '', rule: '' } };
}

/** Undefined if the resolver takes longer. */
function answersInTime(hostname: string, ms: number): Promise<readonly LookupAddress[] | undefined> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms, undefined);
    resolveName(hostname, { hints: dns.ADDRCONFIG }, (_error, answers) => {
      clearTimeout(timer);
      done(answers);
    });
  });
}
