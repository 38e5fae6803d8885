import { Secret } from '../../lib/secrets/secret.ts';
import { diskStore } from '../../lib/upload/disk/index.ts';
import { s3Store } from '../../lib/upload/s3/index.ts';
import type { UploadStore } from '../../lib/upload/upload-store.ts';
import { testBucket, testKey } from './s3-account.ts';
import { naiveStore } from './store-naive.ts';

/** `s3` with its endpoint, whose bucket and key are those of startS3. */
export type StoreKind = 'disk' | 'naive' | `s3 http://${string}`;

export function storeOf(kind: StoreKind, folder: string): UploadStore {
  if (kind === 'disk') return diskStore({ folder });
  if (kind === 'naive') return naiveStore(folder);
  return s3Store({
    endpoint: kind.slice(3),
    bucket: testBucket,
    region: 'us-east-1',
    accessKeyId: testKey,
    secretAccessKey: new Secret(testKey),
    spool: folder,
    timeoutMs: 10_000,
  });
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
