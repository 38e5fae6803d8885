import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll } from 'vitest';

const made: string[] = [];

// Here, as a hook that a test adds while it runs is never called.
afterAll(async () => {
  // A store that has just been made still writes to its folder, and would make it again.
  if (made.length > 0) await wait(200);
  for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A new folder, mode 0700, that is removed once the file's tests are done. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bulwark-upload-')));
  made.push(folder);
  return folder;
}
