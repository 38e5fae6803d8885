// biome-ignore lint/complexity/noBannedTypes: the details of no codes yet
export type ArchiveDetail = {};

export const archiveCodes = {} as const;
