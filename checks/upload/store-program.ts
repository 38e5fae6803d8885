/** Run as a program by store-killed.ts and store-full.ts, in one file: `node program.mjs loop|fill disk|naive <folder> <first number>`. */
import { existsSync, mkdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '../../lib/refusal/is-refusal.ts';
import { diskStore } from '../../lib/upload/disk/index.ts';
import { currentOwner, ownerName } from '../../lib/upload/disk/owner.ts';
import { createFileId } from '../../lib/upload/file-id.ts';
import type { UploadStore } from '../../lib/upload/upload-store.ts';
import { bytesOf, leftIn, recordOf } from './store-files.ts';
import { contentOf, type Plan, planOf, type StoreKind, storeOf } from './store-kind.ts';

async function upload(store: UploadStore, plan: Plan, began: (id: string) => void): Promise<string> {
  const file = await store.begin();
  try {
    began(file.id);
    const content = contentOf(plan);
    for (let at = 0; at < content.byteLength; at += 65_536) {
      await file.write(content.subarray(at, at + 65_536));
    }
    await file.publish(recordOf(file.id, content.byteLength, plan.status));
    return file.id;
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** Uploads until it is killed, and says what it begins and what was acknowledged. Each line is in the pipe before the next step. */
async function loop(store: UploadStore, first: number): Promise<void> {
  for (let number = first; number < first + 10_000; number++) {
    const id = await upload(store, planOf(number), (begun) => writeSync(1, `begin ${begun} ${number}\n`));
    writeSync(1, `done ${id}\n`);
  }
}

/** Uploads until the disk is full, several times, and says what is left. */
async function fill(store: UploadStore, folder: string): Promise<void> {
  const stored = new Map<string, Plan>();
  const begun: [string, Plan][] = [];
  const errors: string[] = [];
  for (let number = 0; number < 400 && errors.length < 10; number++) {
    const plan: Plan = { number, bytes: 150_000 + 1_000 * (number % 50), status: 'ready' };
    try {
      stored.set(await upload(store, plan, (id) => begun.push([id, plan])), plan);
    } catch (error) {
      errors.push(isRefusal(error) ? `${error.code} ${error.status}` : 'another error');
    }
  }
  const isWhole = async (id: string, plan: Plan): Promise<boolean> =>
    (await bytesOf(await store.open(id))).equals(contentOf(plan));
  let [damaged, unacknowledged] = [0, 0];
  for (const [id, plan] of stored) if (!(await isWhole(id, plan))) damaged++;
  for (const [id] of begun) if (!stored.has(id) && (await store.find(id))) unacknowledged++;
  const left = leftIn(folder).filter((path) => path.startsWith('incoming')).length;
  // Two, because the next file may need a new directory of files/, and a removed one leaves its own.
  for (const id of [...stored.keys()].slice(0, 2)) await store.remove(id);
  const plan: Plan = { number: 1_000, bytes: 100_000, status: 'ready' };
  const again = await upload(store, plan, () => undefined).catch(() => undefined);
  const storedAgain = again !== undefined && (await isWhole(again, plan));
  const sweptWhenFull = kind === 'disk' ? await sweepFull(folder) : 0;
  writeSync(
    1,
    JSON.stringify({
      stored: stored.size,
      errors,
      damaged,
      unacknowledged,
      left,
      storedAgain,
      sweptWhenFull,
    }),
  );
}

/** Leaves what a killed process leaves, until nothing more fits, and starts again. */
async function sweepFull(folder: string): Promise<number> {
  const { system } = await currentOwner();
  const left = join(
    folder,
    'incoming',
    ownerName({ system, pid: 4_194_305, startedAt: '1' }),
    createFileId(),
  );
  try {
    mkdirSync(left, { recursive: true });
    for (let n = 0; n < 1_000; n++) writeFileSync(join(left, `data-${n}`), Buffer.alloc(50_000));
  } catch {
    // It is full.
  }
  await diskStore({ folder }).sweep();
  return existsSync(left) ? 0 : 1;
}

const [, , mode, kind, folder = '', first] = process.argv;
const store = storeOf(kind as StoreKind, folder);
await (mode === 'loop' ? loop(store, Number(first)) : fill(store, folder));
