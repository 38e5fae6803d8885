/**
 * Refuses requests that pages of other origins send in a user's name.
 *
 * @module
 */

export {
  type Csrf,
  type CsrfFacts,
  type CsrfSession,
  csrf,
  type HtmlTag,
  type TokenFacts,
} from './csrf.ts';
export type { AllowedOrigin, CsrfOptions, UncheckedRoute } from './csrf-options.ts';
export type { CsrfCode } from './decide.ts';
