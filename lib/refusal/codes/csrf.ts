// biome-ignore lint/suspicious/noEmptyInterface: its codes follow.
export interface CsrfDetail {}

export const csrfCodes = {} as const;
