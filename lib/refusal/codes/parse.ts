// biome-ignore lint/complexity/noBannedTypes: the details of no codes yet
export type ParseDetail = {};

export const parseCodes = {} as const;
