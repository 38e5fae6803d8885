/**
 * The context of the current request: its id, client, user and nonce.
 *
 * @module
 */
export { clientAddress } from './client-address.ts';
export {
  currentRequest,
  type RequestContext,
  type RequestStart,
  setRoute,
  setUser,
  withRequest,
} from './context.ts';
export { type OriginFacts, type OwnOrigin, ownOrigin } from './own-origin.ts';
export { type Peer, type PeerSocket, peerOf } from './peer-of.ts';
export type { IgnoredHeaders, Proxied } from './proxied.ts';
export {
  type ConnectionFacts,
  type TrustedProxies,
  type TrustedProxyOptions,
  trustedProxies,
} from './trusted-proxies.ts';
