import type { Place } from '../../callgraph/query/made-by.ts';

/** The folders that a server serves publicly, and how. */
export interface Served {
  readonly folders: readonly Place[];
  /** Whether files with names that start with a dot are served too. */
  readonly showsHidden: boolean;
  /** Whether the server shows a list of each folder's contents. */
  readonly isListed: boolean;
  /** Whether the code names no folder, so that the server serves the working directory. */
  readonly isWorkFolder?: boolean;
}
