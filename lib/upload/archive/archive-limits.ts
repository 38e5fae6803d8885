/** What an archive may cost. All of it is plain data, because another process holds to it. */
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
