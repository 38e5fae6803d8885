/**
 * The current request, for events and for the nonce.
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
