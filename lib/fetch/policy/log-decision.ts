import type { LookupAddress } from 'node:dns';
import type { Denied } from '../../refusal/decision.ts';
import { currentRequest } from '../../request/context.ts';
import { formatAddress, parseAddress } from '../address/address.ts';
import { allowingRule } from './allowing-rule.ts';
import type { EgressDecision } from './egress-decision.ts';
import type { FetchPolicy } from './policy.ts';

/** The place and the answers that a decision is about. */
export interface Attempt {
  readonly host: string;
  readonly port: number;
  readonly answers?: readonly LookupAddress[];
  readonly peer?: string | undefined;
  readonly denied?: Denied | undefined;
  readonly kept?: boolean;
}

/** Hands a decision to the policy's log, if it has one. A log that throws costs a line, and no request. */
export function logDecision(
  policy: FetchPolicy,
  outcome: EgressDecision['outcome'],
  { host, port, answers = [], peer, denied, kept = false }: Attempt,
): void {
  const { onDecision, name } = policy;
  if (!onDecision) return;
  try {
    const address = peer === undefined ? undefined : plain(peer);
    const rule = denied ? ruleOf(denied) : allowingRule(host, port, address, policy);
    onDecision(
      Object.freeze({
        ...{ outcome, policy: name, host: host.slice(0, 256), port, address, rule, kept },
        addresses: Object.freeze(answers.map((answer) => plain(answer.address))),
        code: denied?.code,
        requestId: currentRequest()?.id,
      }),
    );
  } catch {
    // Not ours to report, and not the caller's request to fail.
  }
}

function plain(text: string): string {
  const address = parseAddress(text);
  return address === undefined ? text : formatAddress(address);
}

function ruleOf(denied: Denied): string {
  const { rule } = denied.detail as { readonly rule?: string };
  return rule ?? denied.code;
}
