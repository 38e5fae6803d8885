/** The limits for one archive. All are plain data, because another process enforces them. */
export interface ArchiveLimits {
  readonly formats: readonly ('zip' | 'tar' | 'tar.gz' | 'gz')[];
  readonly maxFiles: number;
  readonly maxBytes: number;
  readonly maxFileBytes: number;
  readonly maxRatio: number;
  readonly maxDepth: number;
  readonly maxNameLength: number;
  readonly allowArchives: boolean;
  readonly allowSimilarNames: boolean;
}
