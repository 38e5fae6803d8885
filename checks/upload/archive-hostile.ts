import { hostileTars } from './archive-hostile-tars.ts';
import { hostileZips } from './archive-hostile-zips.ts';

export interface HostileArchive {
  /** What is wrong with it, and where that is known from. */
  readonly name: string;
  /** What refuses it. */
  readonly code: string;
  readonly build: () => Buffer;
}

export const hostileArchives: readonly (HostileArchive & { readonly format: 'zip' | 'tar' })[] = [
  ...hostileZips.map((archive) => ({ ...archive, format: 'zip' as const })),
  ...hostileTars.map((archive) => ({ ...archive, format: 'tar' as const })),
];
