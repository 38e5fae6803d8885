export interface SqlDetail extends Record<never, never> {}

export const sqlCodes = {} as const;
