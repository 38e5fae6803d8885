/**
 * The configuration of an application on Next.js.
 *
 * @module
 */
export { type NextPage, nextPages } from './next-pages.ts';
export {
  type ConfiguredHeaders,
  type DefendedConfig,
  withBulwarkConfig,
} from './with-bulwark-config.ts';
