// biome-ignore lint/suspicious/noEmptyInterface: its codes follow.
export interface SessionDetail {}

export const sessionCodes = {} as const;
