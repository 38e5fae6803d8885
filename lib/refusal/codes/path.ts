// biome-ignore lint/complexity/noBannedTypes: the details of no codes yet
export type PathDetail = {};

export const pathCodes = {} as const;
