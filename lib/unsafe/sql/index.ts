/**
 * The escape hatch of `bulwark/sql`: text from outside a template. Each use needs a reason.
 *
 * @module
 */
export { type TrustedOptions, trustedSql } from './trusted-sql.ts';
