import type { Codes } from '../code-entry.ts';

export interface HtmlDetail extends Record<never, never> {}

export const htmlCodes = {} as const satisfies Codes;
