import type { EgressCase, EgressPolicy, EgressRequest } from '../egress-case.ts';

export interface Sent extends EgressRequest {
  readonly url: string;
}

export interface Answer {
  readonly status: number;
  /** Of the body, decoded. */
  readonly bytes: number;
}

/** One guard with its client: what an application makes once for each policy. */
export interface Client {
  /** Rejects where the request or its body fails. */
  send(sent: Sent): Promise<Answer>;
  close(): void;
  /** What nobody caught in a process of its own, since the last call. */
  uncaught?(): readonly string[];
}

/** One way in which applications make requests. */
export interface FrontEnd {
  readonly name: string;
  /** Also what only the complete exchange shows: see `EgressCase`. */
  readonly exchange: boolean;
  /** It is no guard of ours: for comparison. */
  readonly control: boolean;
  /** Cases in which the client itself fails, whoever guards its sockets, and what it does: they are left out. */
  readonly ownFaults?: Readonly<Record<string, string>>;
  /** Like another one, and slower: for `npm run test:long`. */
  readonly long?: true;
  /** It has no policy that a case could set. */
  readonly onlyDefaults?: true;
  /** Starts what takes long for all policies at once, before the first case. */
  prepare?(policies: readonly EgressPolicy[]): Promise<void>;
  open(policy: EgressPolicy): Client | Promise<Client>;
}

/** What only `createFetch` takes. */
const exchangeOptions = ['maxBytes', 'timeoutMs', 'maxRedirects', 'allowHttpDowngrade'];

/** Whether the case says anything about this front end. */
export function takes(frontEnd: FrontEnd, one: EgressCase): boolean {
  if (frontEnd.ownFaults && one.name in frontEnd.ownFaults) return false;
  if (frontEnd.onlyDefaults && one.policy) return false;
  if (frontEnd.exchange) return true;
  return (
    one.level === 'connect' && !Object.keys(one.policy ?? {}).some((key) => exchangeOptions.includes(key))
  );
}
