import { DiscoveryError } from './discovery-error.ts';

/** Where an issuer's metadata is: by OpenID Connect Discovery 1.0, or by RFC 8414 (OAuth), which put it at other places. */
export type MetadataKind = 'openid' | 'oauth';

/**
 * The address of an issuer's metadata.
 *
 * @throws {DiscoveryError} `issuer` where it is no https URL, or has a query, a fragment or credentials
 */
export function metadataUrl(issuer: string, kind: MetadataKind, allowHttp: boolean): string {
  const url = issuer.length <= 2_048 && URL.canParse(issuer) ? new URL(issuer) : undefined;
  const https = url?.protocol === 'https:' || (allowHttp && url?.protocol === 'http:');
  // The text itself, as `https://a/?` has an empty query that the parsed URL no longer shows.
  if (!url || !https || url.username !== '' || url.password !== '' || /[?#\\\s]/.test(issuer)) {
    throw new DiscoveryError('issuer', 'An issuer is an https URL without query, fragment or credentials.');
  }
  const path = url.pathname.replace(/\/$/, '');
  return kind === 'openid'
    ? `${url.origin}${path}/.well-known/openid-configuration`
    : `${url.origin}/.well-known/oauth-authorization-server${path}`;
}
