import type { Place } from '../../callgraph/query/made-by.ts';

/** What is served to everybody. */
export interface Served {
  readonly folders: readonly Place[];
  /** Files whose names begin with a dot, too. */
  readonly showsHidden: boolean;
  /** Everybody is shown what is in the folder. */
  readonly isListed: boolean;
  /** Nothing was said of the folder, and the one that the program runs in counts. */
  readonly isWorkFolder?: boolean;
}
