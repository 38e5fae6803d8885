/**
 * Cross-origin resource sharing: which other sites may read responses.
 *
 * @module
 */
export { type Cors, type CorsAnswer, type CorsOptions, cors, type Preflight } from './cors.ts';
