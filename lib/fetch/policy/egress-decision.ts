import type { RefusalCode } from '../../refusal/codes.ts';

/**
 * The result of one attempt to reach a host; there is one for every attempt. It is for logs, not for the user who
 * made the request, because it contains resolved addresses.
 */
export interface EgressDecision {
  /** `failed`: it was allowed, but no connection was made. */
  readonly outcome: 'allowed' | 'reported' | 'refused' | 'failed';
  /** The name of the policy that decided. */
  readonly policy: string | undefined;
  readonly host: string;
  /** 0 if the URL could not be parsed. */
  readonly port: number;
  /** All addresses of the host. Empty if the URL alone decided, and on a reused connection. */
  readonly addresses: readonly string[];
  /** The address that was connected to; undefined if there was none, and on a reused connection. */
  readonly address: string | undefined;
  /** What decided: the refusal's code or the policy's rule. */
  readonly rule: string;
  readonly code: RefusalCode | undefined;
  /** True if the request reused a connection that was checked earlier. */
  readonly kept: boolean;
  /** The id of the request that was being handled, if there was one. */
  readonly requestId: string | undefined;
}
