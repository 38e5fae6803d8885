/**
 * Guards every TCP connection and every Unix socket that this process opens through `node:net`, by a policy file.
 * Importing it is what starts the guard: `node --import bulwark/fetch/preload app.js`.
 *
 * @module
 */
import { guardProcess, type Preloaded } from './guard-process.ts';

export type { EgressPolicyFile } from './egress-policy-file.ts';
export type { Preloaded };

/**
 * What guards this process, for a health page or a line in the log at start.
 *
 * Guarantee: where this module has loaded, a policy is in force. A policy file that is missing or makes no sense ends the
 * process with exit code 2 before the application runs.
 *
 * @example
 * ```ts
 * import { preloaded } from 'bulwark/fetch/preload';
 *
 * console.log(preloaded.file); // '/srv/app/bulwark.egress.json'
 * console.log(preloaded.reportUntil?.toISOString()); // '2027-01-31T23:59:59.999Z', or undefined where it is enforced
 * ```
 */
export const preloaded: Preloaded = guardProcess(import.meta.url);
