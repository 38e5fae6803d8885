import { diskStore } from '../../lib/upload/disk/index.ts';
import type { UploadStore } from '../../lib/upload/upload-store.ts';
import { naiveStore } from './store-naive.ts';

export type StoreKind = 'disk' | 'naive';

export function storeOf(kind: StoreKind, folder: string): UploadStore {
  return kind === 'disk' ? diskStore({ folder }) : naiveStore(folder);
}

/** What an upload holds: known from its number, and no other upload's. */
export interface Plan {
  readonly number: number;
  readonly bytes: number;
  readonly status: 'ready' | 'quarantined';
}

const sizes = [0, 700, 65_536, 400_000, 1_500_000, 3_000_000];

export function planOf(number: number): Plan {
  return {
    number,
    bytes: sizes[number % sizes.length] ?? 0,
    status: number % 7 === 3 ? 'quarantined' : 'ready',
  };
}

export function contentOf({ number, bytes }: Plan): Buffer {
  return Buffer.alloc(bytes, `upload ${number};`);
}
