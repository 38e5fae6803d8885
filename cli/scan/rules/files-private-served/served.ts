import type { Place } from '../../callgraph/query/made-by.ts';

/** The folders that a server serves publicly, and how. */
export interface Served {
  readonly folders: readonly Place[];
  /** It includes files with names that start with a dot. */
  readonly showsHidden: boolean;
  /** The folder's contents are listed publicly. */
  readonly isListed: boolean;
  /** No folder was set, so it is the working directory. */
  readonly isWorkFolder?: boolean;
}
