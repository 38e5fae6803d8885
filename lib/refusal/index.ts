/**
 * What is thrown, and the catalogue of the codes that say why.
 *
 * @module
 */
export {
  type Code,
  type CodeEntry,
  codes,
  type MisuseCode,
  type NoticeCode,
  type RefusalCode,
  type RefusalDetail,
  type Severity,
} from './codes.ts';
export type { Decision, Denied } from './decision.ts';
export { isRefusal } from './is-refusal.ts';
export { Misuse } from './misuse.ts';
export { type Problem, Refusal } from './refusal.ts';
