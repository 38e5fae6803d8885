import type { Site } from './client/site.ts';
import type { Configuration } from './configurations.ts';

/** What every framework must do. */
export interface Case {
  /** `area/thing`. */
  readonly id: string;
  readonly sentence: string;
  /** How the application is set up. `plain` by default. */
  readonly on?: Configuration;
  readonly check: (site: Site) => Promise<void>;
}
