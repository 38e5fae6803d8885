/** What the guards of clients that exist already refuse. */
export interface SqlGuardDetail {}

export const sqlGuardCodes = {} as const;
