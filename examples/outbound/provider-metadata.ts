import { DiscoveryError } from './discovery-error.ts';

/** What is used of a provider's metadata. */
export interface ProviderMetadata {
  /** The very text that was asked for. */
  readonly issuer: string;
  /** For the user's browser; it is not asked for from here. */
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly userinfoEndpoint: string | undefined;
}

/**
 * Reads the metadata of one issuer.
 *
 * @throws {DiscoveryError} `format`, `issuer-mismatch`, or `endpoint` where an address is not https
 */
export function providerMetadata(json: unknown, issuer: string, allowHttp: boolean): ProviderMetadata {
  const document = objectOf(json);
  // Exactly, with no normalising: a provider that may speak for another issuer may log in as anybody's user
  // (OpenID Connect Discovery 1.0, 4.3; RFC 8414, 3.3).
  if (document['issuer'] !== issuer) {
    throw new DiscoveryError('issuer-mismatch', 'The metadata is not that of the issuer that was asked for.');
  }
  const address = (name: string): string => webAddress(document[name], allowHttp);
  return Object.freeze({
    issuer,
    authorizationEndpoint: address('authorization_endpoint'),
    tokenEndpoint: address('token_endpoint'),
    jwksUri: address('jwks_uri'),
    userinfoEndpoint: document['userinfo_endpoint'] === undefined ? undefined : address('userinfo_endpoint'),
  });
}

/** Own properties alone: `__proto__` in the text must not fill in what is missing. */
export function objectOf(json: unknown): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new DiscoveryError('format', 'The answer is not a JSON object.');
  }
  return Object.assign(Object.create(null), json);
}

function webAddress(value: unknown, allowHttp: boolean): string {
  if (typeof value !== 'string' || value.length > 2_048 || !URL.canParse(value)) {
    throw new DiscoveryError('format', 'An address in the metadata is missing, or is none.');
  }
  const { protocol, username, password } = new URL(value);
  const https = protocol === 'https:' || (allowHttp && protocol === 'http:');
  if (https && username === '' && password === '') return value;
  throw new DiscoveryError('endpoint', 'An address in the metadata is not https, or holds credentials.');
}
