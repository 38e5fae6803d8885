/**
 * The Content-Security-Policy: the second line behind `bulwark/html`.
 *
 * @module
 */
export type { CountedViolation } from './collected-violations.ts';
export { type Csp, csp } from './csp.ts';
export type { CspOptions } from './csp-options.ts';
export type { CspViolation } from './csp-violation.ts';
export type { CspChanges, CspSources } from './directives.ts';
export {
  cspReportEndpoint,
  type ReportEndpoint,
  type ReportEndpointOptions,
  type ReportRequest,
} from './report-endpoint.ts';
export { sourceHash } from './source-hash.ts';
export { type CspAdvice, type CspSuggestion, suggestPolicy } from './suggest-policy.ts';
