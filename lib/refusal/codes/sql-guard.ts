/** What the guards of clients that exist already refuse. */
export type SqlGuardDetail = {};

export const sqlGuardCodes = {} as const;
