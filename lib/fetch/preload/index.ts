/**
 * Guards every TCP connection and every Unix socket that this process opens through `node:net`, with a policy file.
 * Importing it starts the guard: `node --import bulwark/fetch/preload app.js`.
 *
 * @module
 */
import { guardProcess, type Preloaded } from './guard-process.ts';

export type { EgressPolicyFile } from './egress-policy-file.ts';
export type { Preloaded };

/**
 * The policy that guards this process, for a health page or a log line at startup.
 *
 * Guarantee: once this module has loaded, a policy is in force. If the policy file is missing or invalid, the
 * process ends with exit code 2 before the application runs.
 *
 * @example
 * ```ts
 * import { preloaded } from 'bulwark/fetch/preload';
 *
 * console.log(preloaded.file); // '/srv/app/bulwark.egress.json'
 * console.log(preloaded.reportUntil?.toISOString()); // '2027-01-31T23:59:59.999Z', or undefined if it is enforced
 * ```
 */
export const preloaded: Preloaded = guardProcess(import.meta.url);
