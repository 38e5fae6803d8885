// biome-ignore lint/suspicious/noEmptyInterface: its codes follow.
export interface LimitsDetail {}

export const limitsCodes = {} as const;
