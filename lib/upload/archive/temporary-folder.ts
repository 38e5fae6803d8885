import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import type { Folder } from '../../path/ground.ts';

const prefix = '.bulwark-unpacking-';
const pattern = /^\.bulwark-unpacking-(\d{13})-[0-9a-f]{32}$/;
/** How long unpacking may take beyond its limit, to start and end processes. */
const graceMs = 60_000;
/** How many names of the directory are checked, so that a directory with a million albums costs little. */
const mostSwept = 10_000;

/** Makes a directory that only this user can open, and returns its name. The name says until when it is in use. */
export async function makeTemporaryFolder(parent: Folder, timeoutMs: number): Promise<string> {
  const name = `${prefix}${Date.now() + timeoutMs + graceMs}-${randomBytes(16).toString('hex')}`;
  await mkdir(parent.at(name), { mode: 0o700 });
  return name;
}

/** Removes what killed processes left there, once it can't be in use. */
export async function sweepTemporaryFolders(parent: Folder): Promise<void> {
  const names = await readdir(parent.at('.'));
  for (const name of names.slice(0, mostSwept)) {
    const until = Number(pattern.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
    if (until < Date.now()) await rm(parent.at(name), { recursive: true, force: true });
  }
}
