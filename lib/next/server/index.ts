/**
 * The server of an application on Next.js.
 *
 * @module
 */
export { defendServer } from '../../node/defend-server.ts';
export { bulwark, type ServerOptions } from './bulwark.ts';
export { hashedPages } from './hashed-pages.ts';
export type { HashedPages, PageHashes } from './hashed-policies.ts';
