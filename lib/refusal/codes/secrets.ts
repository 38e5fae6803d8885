// biome-ignore lint/suspicious/noEmptyInterface: its codes follow.
export interface SecretsDetail {}

export const secretsCodes = {} as const;
