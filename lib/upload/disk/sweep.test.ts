import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { leftIn, put, recordOf } from '../../../checks/upload/store-files.ts';
import { temporaryFolder } from '../../../checks/upload/temporary-folder.ts';
import { configureEvents } from '../../event/index.ts';
import { diskStore } from './index.ts';
import { currentOwner, type Owner, ownerName, readOwner } from './owner.ts';

configureEvents({ sinks: [] });

const id = 'abcdefghijklmnopqrstuvwxyz';
const minute = 60_000;

/** A store whose first sweep is over, so that the test's own sweep finds the leftovers. */
async function open() {
  const folder = temporaryFolder();
  const store = diskStore({ folder });
  await store.sweep();
  return { folder, store };
}

/** Creates what an unfinished upload of `owner` would leave. */
function leave(folder: string, owner: Owner | string, lastBeat = Date.now()): string {
  const own = join(folder, 'incoming', typeof owner === 'string' ? owner : ownerName(owner));
  mkdirSync(join(own, id), { recursive: true });
  writeFileSync(join(own, id, 'data'), 'half');
  writeFileSync(join(own, 'alive'), '');
  utimesSync(join(own, 'alive'), lastBeat / 1000, lastBeat / 1000);
  return own;
}

function startOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

async function start(command: string): Promise<{ readonly pid: number; end(): Promise<void> }> {
  const child = spawn('/bin/sh', ['-c', command], { stdio: 'ignore' });
  const exit = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    async end() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

describe.skipIf(process.platform !== 'linux')('a sweep', () => {
  it('removes what a dead process left, and leaves what a living one writes', async () => {
    const { folder, store } = await open();
    const { system } = await currentOwner();
    const process = await start('exec sleep 60');
    const own = leave(folder, { system, pid: process.pid, startedAt: startOf(process.pid) });
    expect(await store.sweep()).toEqual({ removed: 0 });
    expect(existsSync(join(own, id, 'data'))).toBe(true);
    await process.end();
    expect(await store.sweep()).toEqual({ removed: 1 });
    expect(existsSync(own)).toBe(false);
  });

  it('does not take a new process for the one that had its id before', async () => {
    const { folder, store } = await open();
    const { system } = await currentOwner();
    const process = await start('exec sleep 60');
    leave(folder, { system, pid: process.pid, startedAt: String(Number(startOf(process.pid)) - 1) });
    expect(await store.sweep()).toEqual({ removed: 1 });
  });

  it('takes a zombie for dead', async () => {
    const { folder, store } = await open();
    const { system } = await currentOwner();
    const parent = await start('sleep 0 & exec sleep 60');
    const children = `/proc/${parent.pid}/task/${parent.pid}/children`;
    await expect.poll(() => zombieOf(children)).toBeGreaterThan(0);
    const pid = zombieOf(children);
    leave(folder, { system, pid, startedAt: startOf(pid) });
    expect(await store.sweep()).toEqual({ removed: 1 });
  });

  function zombieOf(children: string): number {
    const pid = Number(readFileSync(children, 'latin1').trim().split(' ')[0]);
    return pid > 0 && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1')) ? pid : 0;
  }

  it('judges processes on other machines and in other containers by their heartbeat', async () => {
    const { folder, store } = await open();
    const foreign = { system: 'f'.repeat(32), pid: 1, startedAt: '1' };
    const alive = leave(folder, foreign, Date.now() - 14 * minute);
    const silent = leave(folder, foreign, Date.now() - 16 * minute);
    expect(await store.sweep()).toEqual({ removed: 1 });
    expect([existsSync(alive), existsSync(silent)]).toEqual([true, false]);
  });

  it('happens when a store is made', async () => {
    const folder = temporaryFolder();
    const kept = await put(diskStore({ folder }), Buffer.from('x'));
    const { system } = await currentOwner();
    const own = leave(folder, { system, pid: 4_194_305, startedAt: '1' });
    const store = diskStore({ folder });
    await expect.poll(() => existsSync(own)).toBe(false);
    expect((await store.find(kept))?.bytes).toBe(1);
  });

  it('leaves what this process writes, even through another store', async () => {
    const folder = temporaryFolder();
    const [one, other] = [diskStore({ folder }), diskStore({ folder })];
    const file = await one.begin();
    await file.write(Buffer.from('abc'));
    expect(await one.sweep()).toEqual({ removed: 0 });
    expect(await other.sweep()).toEqual({ removed: 0 });
    await file.publish(recordOf(file.id, 3));
    expect((await other.find(file.id))?.bytes).toBe(3);
  });

  it('leaves names that are not ours, and follows no link out', async () => {
    const outside = temporaryFolder();
    const { folder, store } = await open();
    writeFileSync(join(outside, 'precious'), 'x');
    const { system } = await currentOwner();
    const own = leave(folder, { system, pid: 4_194_305, startedAt: '1' });
    symlinkSync(outside, join(own, 'link'));
    symlinkSync(outside, join(own, 'b'.repeat(26)));
    const strange = leave(folder, 'backup-of-monday');
    symlinkSync(outside, join(folder, 'incoming', ownerName({ system, pid: 4_194_305, startedAt: '2' })));
    await store.sweep();
    expect(existsSync(own)).toBe(false);
    expect(existsSync(strange)).toBe(true);
    expect(leftIn(outside)).toEqual(['precious']);
  });

  it('finishes what an earlier sweep started, and directories do not nest', async () => {
    const { folder, store } = await open();
    const { system } = await currentOwner();
    const dead = (pid: number): string => ownerName({ system, pid: 4_194_305 + pid, startedAt: '1' });
    const [sweeper, killed, first] = [dead(1), dead(2), dead(3)];
    leave(folder, sweeper);
    leave(folder, join(sweeper, killed));
    leave(folder, join(sweeper, killed, first));
    expect(await store.sweep()).toEqual({ removed: 3 });
    expect(leftIn(folder)).toEqual([]);
  });

  it('leaves nothing that a suspended process could publish', async () => {
    const folder = temporaryFolder();
    const [suspended, other] = [diskStore({ folder }), diskStore({ folder })];
    await Promise.all([suspended.sweep(), other.sweep()]);
    const file = await suspended.begin();
    await file.write(Buffer.from('abc'));
    // As another machine sees it: an unknown process, without a heartbeat for long.
    const [own = ''] = readdirSync(join(folder, 'incoming')).filter((name) =>
      existsSync(join(folder, 'incoming', name, file.id)),
    );
    const foreign = `${own.startsWith('f') ? 'e' : 'f'}${own.slice(1)}`;
    renameSync(join(folder, 'incoming', own), join(folder, 'incoming', foreign));
    utimesSync(join(folder, 'incoming', foreign, 'alive'), 0, 0);
    expect(await other.sweep()).toEqual({ removed: 1 });
    await expect(file.publish(recordOf(file.id, 3))).rejects.toMatchObject({ code: 'upload/store-failed' });
    expect(leftIn(folder)).toEqual([]);
  });

  it('may run in several stores at once', async () => {
    const folder = temporaryFolder();
    const stores = Array.from({ length: 5 }, () => diskStore({ folder }));
    const { system } = await currentOwner();
    for (let pid = 4_194_305; pid < 4_194_325; pid++) leave(folder, { system, pid, startedAt: '1' });
    await Promise.all(stores.map((store) => store.sweep()));
    expect(leftIn(folder)).toEqual([]);
  });

  it('costs an upload that it takes for dead only an error', async () => {
    const { folder, store } = await open();
    const file = await store.begin();
    await file.write(Buffer.from('abc'));
    for (const name of readdirSync(join(folder, 'incoming'))) {
      rmSync(join(folder, 'incoming', name), { recursive: true });
    }
    await expect(file.publish(recordOf(file.id, 3))).rejects.toMatchObject({ code: 'upload/store-failed' });
    expect(await store.find(file.id)).toBeUndefined();
    await put(store, Buffer.from('next'));
  });
});

describe('the name of an owner', () => {
  it('is read back', async () => {
    const owner = await currentOwner();
    expect(readOwner(ownerName(owner))).toEqual(owner);
  });

  it.each([
    '',
    '..',
    'a-1-1',
    'a-1-1-0123456789abcdef/..',
    'A-1-1-0123456789abcdef',
    `${'a'.repeat(65)}-1-1-0123456789abcdef`,
  ])('is none of ours: %j', (name) => {
    expect(readOwner(name)).toBeUndefined();
  });
});
