// biome-ignore lint/suspicious/noEmptyInterface: its codes follow.
export interface RateLimitDetail {}

export const rateLimitCodes = {} as const;
