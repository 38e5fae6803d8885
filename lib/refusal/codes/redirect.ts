// biome-ignore lint/suspicious/noEmptyInterface: its codes follow.
export interface RedirectDetail {}

export const redirectCodes = {} as const;
