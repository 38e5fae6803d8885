import type { UnpackOptions } from '../../lib/upload/archive/index.ts';
import { hostileTars } from './archive-hostile-tars.ts';
import { hostileZips } from './archive-hostile-zips.ts';

export interface HostileArchive {
  /** What is wrong with it, and where that is known from. */
  readonly name: string;
  /** What refuses it. */
  readonly code: string;
  readonly build: () => Buffer;
  /** The defaults, unless it says otherwise. */
  readonly options?: UnpackOptions;
}

export const hostileArchives: readonly (HostileArchive & { readonly format: 'zip' | 'tar' })[] = [
  ...hostileZips.map((archive) => ({ ...archive, format: 'zip' as const })),
  ...hostileTars.map((archive) => ({ ...archive, format: 'tar' as const })),
];
