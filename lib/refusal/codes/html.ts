export interface HtmlDetail extends Record<never, never> {}

export const htmlCodes = {} as const;
