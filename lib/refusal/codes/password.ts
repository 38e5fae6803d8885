// biome-ignore lint/suspicious/noEmptyInterface: its codes follow.
export interface PasswordDetail {}

export const passwordCodes = {} as const;
