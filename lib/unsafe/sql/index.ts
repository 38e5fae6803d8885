/**
 * The door out of `bulwark/sql`: text that no template holds, each use with its reason.
 *
 * @module
 */
export { type TrustedOptions, trustedSql } from './trusted-sql.ts';
