// biome-ignore lint/complexity/noBannedTypes: the details of no codes yet
export type CommandDetail = {};

export const commandCodes = {} as const;
