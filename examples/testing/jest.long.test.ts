/** Jest is run as a program: what it says of a hole, and of the lack of one, is what its users get. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin/jest.js');

interface JestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

it('is the same under jest: green on the shop, red on one without guards', { timeout: 60_000 }, async () => {
  const args = ['--experimental-vm-modules', jest, '--json'];
  const { code, stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    ...{ cwd: folder, env: { PATH: process.env['PATH'] }, timeout: 55_000 },
  }).then(
    (printed) => ({ code: 0, ...printed }),
    // Red is an exit code, which comes as an error.
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  expect(stdout, stderr).toMatch(/^\{/);
  const { testResults } = JSON.parse(stdout) as JestReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const said = /SQL injection|XSS|Egress|Nothing was refused/;
  expect(
    tests.map(({ fullName, failureMessages }) => [fullName, said.exec(failureMessages.join())?.[0]]),
    stderr,
  ).toEqual([
    ['the shop searches by a parameter', undefined],
    ['the shop shows what was searched for as text', undefined],
    ['the shop previews nothing of our own network', undefined],
    ['a shop without guards searches by a statement put together', 'SQL injection'],
    ['a shop without guards shows what was searched for as markup', 'XSS'],
    ['a shop without guards previews an address of our own network', 'Egress'],
    ['a shop without guards refuses nothing', 'Nothing was refused'],
  ]);
  expect(tests.map((one) => one.status)).toEqual([...Array(3).fill('passed'), ...Array(4).fill('failed')]);
  expect(code).toBe(1);
});
