/**
 * The types and errors that all guards share. Each guard has its own path
 * (`bulwark/sql`, `bulwark/html`, `bulwark/fetch`, ...).
 *
 * @module
 */
export type { SecurityEvent } from './event/security-event.ts';
export type { RefusalCode, RefusalDetail } from './refusal/codes.ts';
export type { Decision, Denied } from './refusal/decision.ts';
export { isRefusal } from './refusal/is-refusal.ts';
export { Misuse } from './refusal/misuse.ts';
export { type Problem, Refusal } from './refusal/refusal.ts';
