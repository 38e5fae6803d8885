import { isRefusal } from 'bulwark';
import { createFetch, type GuardedFetch } from 'bulwark/fetch';
import { DiscoveryError } from './discovery-error.ts';
import type { Egress } from './egress.ts';
import { type MetadataKind, metadataUrl } from './issuer-url.ts';
import { keptAnswers } from './kept-answers.ts';
import { objectOf, type ProviderMetadata, providerMetadata } from './provider-metadata.ts';

export interface DiscoveryOptions {
  /** `openid` by default. */
  readonly kind?: MetadataKind;
  /** 443 by default. */
  readonly ports?: readonly number[];
  /** For development: plain http as well, and port 80. */
  readonly allowHttp?: boolean;
  readonly egress?: Egress;
}

export interface Discovery {
  /**
   * A provider's metadata, kept for ten minutes. The issuer is what the tenant's administrator configured, never the
   * `iss` of a token that is not verified yet.
   *
   * @throws {DiscoveryError} or a `Refusal` (`fetch/*`)
   */
  discover(issuer: string): Promise<ProviderMetadata>;
  /**
   * The provider's keys, as they are in its key set, at most 100.
   *
   * @param kid the key that a token names: where it is not among those that are kept, the set is asked for again, though
   *   not more often than once in a minute, whatever tokens come
   */
  keys(issuer: string, kid?: string): Promise<readonly Record<string, unknown>[]>;
  /** For the token and userinfo endpoints: the same policy, which decides each of them as it is connected to. */
  readonly fetch: GuardedFetch;
}

/**
 * Makes what reads the metadata of OpenID Connect and OAuth providers that tenants configured.
 *
 * Every address that a document names is decided by itself: that the issuer is a public host says nothing of its
 * `jwks_uri`. Redirects are refused, documents have at most 200,000 bytes, and only https is taken.
 *
 * @example
 * ```ts
 * import { createDiscovery } from 'bulwark-example-outbound/oidc-discovery';
 *
 * const { discover } = createDiscovery({});
 * await discover('https://login.example.com/tenant').catch((error) => console.log(error.code));
 * ```
 */
export function createDiscovery(options: DiscoveryOptions): Discovery {
  const { kind = 'openid', allowHttp = false } = options;
  const policy = {
    ...options.egress,
    hosts: 'public',
    schemes: allowHttp ? (['https', 'http'] as const) : (['https'] as const),
    ports: options.ports ?? (allowHttp ? [443, 80] : [443]),
    timeoutMs: 5_000,
    maxBytes: 200_000,
    maxRedirects: 0,
  } as const;
  const documents = createFetch({
    ...policy,
    name: 'oidc-discovery',
    methods: ['GET'],
    contentTypes: ['application/json', 'application/jwk-set+json'],
  });
  const fetch = createFetch({ ...policy, name: 'oidc-provider', methods: ['GET', 'POST'] });
  const metadata = keptAnswers<ProviderMetadata>(mostIssuers);
  const keySets = keptAnswers<readonly Record<string, unknown>[]>(mostIssuers);

  async function read(issuer: string): Promise<ProviderMetadata> {
    const json = await jsonFrom(() => documents(metadataUrl(issuer, kind, allowHttp)));
    const found = providerMetadata(json, issuer, allowHttp);
    // Now, so that the administrator learns it and not the first user. What is fetched is decided once more by then.
    for (const url of [found.tokenEndpoint, found.jwksUri, found.userinfoEndpoint]) {
      if (url === undefined || (await fetch.inspect(url)).allow) continue;
      throw new DiscoveryError('endpoint', 'An address in the metadata is none that may be asked for.');
    }
    return found;
  }

  const discover = async (issuer: string): Promise<ProviderMetadata> => {
    metadataUrl(issuer, kind, allowHttp);
    return metadata.get(issuer, () => read(issuer), freshMs);
  };
  return Object.freeze({
    fetch,
    discover,
    async keys(issuer: string, kid?: string) {
      const { jwksUri } = await discover(issuer);
      const ask = async (): Promise<readonly Record<string, unknown>[]> =>
        keysIn(await jsonFrom(() => documents(jwksUri)));
      const found = await keySets.get(jwksUri, ask, freshMs);
      const known = kid === undefined || found.some((key) => key['kid'] === kid);
      return known ? found : keySets.get(jwksUri, ask, unknownKeyMs);
    },
  });
}

const mostIssuers = 500;
const freshMs = 600_000;
/** Anybody can send a token that names a key which does not exist. */
const unknownKeyMs = 60_000;

async function jsonFrom(get: () => Promise<Response>): Promise<unknown> {
  try {
    const response = await get();
    if (response.status === 200) return await response.json();
    await response.body?.cancel();
  } catch (cause) {
    if (isRefusal(cause) || cause instanceof DiscoveryError) throw cause;
    if (cause instanceof SyntaxError) throw new DiscoveryError('format', 'The answer is not JSON.');
    throw new DiscoveryError('unavailable', 'The provider could not be reached.', { cause });
  }
  throw new DiscoveryError('unavailable', 'The provider did not answer with status 200.');
}

function keysIn(json: unknown): readonly Record<string, unknown>[] {
  const { keys } = objectOf(json);
  if (Array.isArray(keys) && keys.length <= 100) return Object.freeze(keys.map(objectOf));
  throw new DiscoveryError('format', 'The answer is not a key set of at most 100 keys.');
}
