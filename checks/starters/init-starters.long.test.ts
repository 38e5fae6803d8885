import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../free-port.ts';
import { installFolder } from '../install-folder.ts';
import { launchChromium } from '../machine/chromium.ts';
import { missing } from '../machine/missing.ts';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';
import { packAll } from '../tarball/pack.ts';
import { start } from './started.ts';
import { type Starter, starters } from './starters.ts';
import { temporaryFolder } from './temporary-folder.ts';

const generators = join(root, 'checks/starters/generators');
let packs: Awaited<ReturnType<typeof packAll>>;
let browser: Browser;
const reason = missing('chromium');

beforeAll(async () => {
  // The starter of Next.js loads fonts from Google when it is built.
  process.env['NEXT_FONT_GOOGLE_MOCKED_RESPONSES'] = join(root, 'checks/starters/templates/next-fonts.cjs');
  packs = await packAll();
  await installFolder(generators);
  browser = await launchChromium();
}, 1_800_000);
afterAll(async () => {
  await browser?.close();
  packs?.remove();
});

async function succeed(folder: string, command: string, ...args: string[]): Promise<string> {
  const { code, output } = await outcome(folder, command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** The command line that was built for its tarball. */
function bulwark(folder: string, ...args: string[]): Promise<string> {
  return succeed(folder, process.execPath, join(root, 'cli/bin/bulwark.js'), ...args);
}

/** All files that git would track. */
function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/\/(?:node_modules|\.git|\.next|dist)\//.test(path))
      .map((path) => [path.slice(folder.length), readFileSync(path, 'latin1')]),
  );
}

/** The page's text and headers, and its problems: enforced violations and script errors. */
async function visit(
  url: string,
): Promise<{ text: string; problems: string[]; headers: Record<string, string> }> {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.exposeFunction('violated', (directive: string) => problems.push(directive));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { violated } = globalThis as unknown as { violated(directive: string): void };
      if (event.disposition === 'enforce') violated(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  const response = await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(500);
  const text = (await page.locator('body').textContent()) ?? '';
  await page.close();
  return { text, problems, headers: response?.headers() ?? {} };
}

describe.skipIf(reason)(`bulwark init --yes${reason ? `: ${reason}` : ''}`, () => {
  it.each(starters)(
    '$name: builds, its tests pass, its page works, the scan is clean, and again changes nothing',
    async (starter: Starter) => {
      const own = temporaryFolder();
      const folder = join(own.path, starter.name);
      try {
        await starter.make(generators, folder);
        execFileSync('git', ['init', '-q'], { cwd: folder });
        const manager = starter.manager === 'pnpm' ? join(generators, 'node_modules/.bin/pnpm') : 'npm';
        if (starter.manager === 'pnpm')
          await succeed(folder, manager, 'install', '--ignore-scripts', '--lockfile-only');
        const packages = join(packs.lib.file, '..');
        const said = await bulwark(folder, 'init', '--yes', '--packages', packages);
        expect(said).not.toContain('Start Bulwark, by hand');
        await succeed(folder, manager, 'install', '--ignore-scripts', '--prefer-offline');
        const files = filesOf(folder);
        expect(await bulwark(folder, 'init', '--yes', '--packages', packages)).toContain(
          'Nothing to change.',
        );
        expect(filesOf(folder)).toEqual(files);
        if (starter.build) await succeed(folder, manager, 'run', starter.build);
        for (const test of starter.tests) await succeed(folder, manager, 'run', test);
        expect(await succeed(folder, join(folder, 'node_modules/.bin/bulwark'), 'scan')).toContain(
          'No findings',
        );
        const port = starter.port ?? (await freePort());
        const [command, ...args] = starter.start(port);
        const started = await start(folder, command, args, port);
        try {
          const { text, problems, headers } = await visit(started.url);
          expect(text).toContain(starter.shows);
          expect(problems).toEqual([]);
          expect(headers['x-content-type-options']).toBe('nosniff');
          expect(headers['content-security-policy-report-only']).toMatch(/'nonce-/);
        } finally {
          await started.stop();
        }
      } finally {
        own.remove();
      }
    },
  );
});
