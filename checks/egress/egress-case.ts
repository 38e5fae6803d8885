import { readFileSync } from 'node:fs';
import type { FetchOptions } from 'bulwark/fetch';
import type { Zone } from '../machine/sealed-dns.ts';

export type EgressKind =
  | 'ipv4'
  | 'ipv6'
  | 'embedded'
  | 'name'
  | 'rebinding'
  | 'mixed-answers'
  | 'cname'
  | 'metadata'
  | 'userinfo'
  | 'parser'
  | 'idna'
  | 'scheme'
  | 'port'
  | 'redirect'
  | 'credentials'
  | 'limit'
  | 'policy'
  | 'tls';

/** What a case may set, merged over `{ hosts: 'public' }`. */
export type EgressPolicy = Pick<
  FetchOptions,
  | 'allowPrivate'
  | 'ports'
  | 'methods'
  | 'schemes'
  | 'maxBytes'
  | 'timeoutMs'
  | 'maxRedirects'
  | 'allowHttpDowngrade'
> & { readonly hosts?: FetchOptions['hosts'] };

export interface EgressRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly redirect?: 'follow' | 'manual' | 'error';
}

interface Common {
  readonly name: string;
  /** One line with its source. */
  readonly why: string;
  readonly url: string;
  /** `connect` holds for every client whose sockets are guarded; `exchange` needs the complete fetch. */
  readonly level: 'connect' | 'exchange';
  readonly kind: EgressKind;
  readonly dns?: Zone;
  /** Lines of /etc/hosts. */
  readonly hostsFile?: readonly string[];
  readonly policy?: EgressPolicy;
  readonly request?: EgressRequest;
  /** So many times in a row on the same guard, each over a connection of its own. */
  readonly times?: number;
}

export interface AttackCase extends Common {
  readonly expect:
    | { readonly refused: true }
    /** It arrives, and the server sees none of these headers. */
    | { readonly withheld: readonly string[] }
    /** Nothing else is ever contacted, whatever becomes of the requests. */
    | { readonly contactsOnly: readonly string[] };
}

export interface LegitimateCase extends Common {
  readonly expect: {
    /** The address that answers the last hop. */
    readonly reached: string;
    readonly orReached?: readonly string[];
    readonly status: number;
    readonly bodyBytes?: number;
    /** What the last hop's server sees. */
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
}

export type EgressCase = AttackCase | LegitimateCase;

export function isAttack(one: EgressCase): one is AttackCase {
  return !('reached' in one.expect);
}

export function readAttacks(): readonly AttackCase[] {
  return read('attacks');
}

export function readLegitimate(): readonly LegitimateCase[] {
  return read('legitimate');
}

function read<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(new URL(`./cases/${name}.json`, import.meta.url), 'utf8')) as T[];
}
