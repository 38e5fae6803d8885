import type { Codes } from '../code-entry.ts';

export interface SqlDetail extends Record<never, never> {}

export const sqlCodes = {} as const satisfies Codes;
