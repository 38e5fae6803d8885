// biome-ignore lint/complexity/noBannedTypes: the details of no codes yet
export type UploadDetail = {};

export const uploadCodes = {} as const;
