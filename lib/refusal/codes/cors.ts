// biome-ignore lint/suspicious/noEmptyInterface: its codes follow.
export interface CorsDetail {}

export const corsCodes = {} as const;
