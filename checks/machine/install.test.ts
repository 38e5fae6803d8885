import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { serverAccount } from './account.ts';

const script = fileURLToPath(new URL('./install.sh', import.meta.url));

/** Without root it cannot install, and says what is missing instead. */
async function install(env: NodeJS.ProcessEnv): Promise<string> {
  const options = { cwd: '/', env: { ...process.env, ...env }, ...serverAccount('nobody') };
  // By standard input, as the account may not be able to read the folder of the repository.
  const running = promisify(execFile)('bash', ['-s'], options);
  running.child.stdin?.end(await readFile(script));
  const { stdout, stderr } = await running;
  return stdout + stderr;
}

describe('install.sh without root', () => {
  it('says nothing of what is there, and one line for what is missing, and does not fail', async () => {
    const [present, absent] = await Promise.all([
      install({ BULWARK_CHROMIUM: '/bin/sh' }),
      install({ BULWARK_CHROMIUM: '/nowhere/chromium' }),
    ]);
    expect(present).not.toContain('chromium');
    expect(absent.split('\n').filter((line) => line.includes('chromium'))).toEqual([
      'Not installed: chromium. The suites that need it are skipped.',
    ]);
  });
});
