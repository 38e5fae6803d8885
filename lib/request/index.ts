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
