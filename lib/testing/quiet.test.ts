import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { html, render } from '../html/index.ts';
import { expectInert } from './markup/expect-inert.ts';

const link = (value: string): string => render(html`<a href="${value}">${value}</a>`);

/** Another process, as this one has said where its events go. */
async function stderrOf(body: string): Promise<string> {
  const lib = new URL('..', import.meta.url).href;
  const file = join(tmpdir(), `bulwark-quiet-${process.pid}-${crypto.randomUUID()}.mts`);
  await writeFile(
    file,
    `import { html, render } from '${lib}html/index.ts';
     import { expectInert } from '${lib}testing/markup/expect-inert.ts';
     const link = (value: string): string => render(html\`<a href="\${value}">\${value}</a>\`);
     ${body}`,
  );
  const options = { timeout: 30_000, env: { PATH: process.env['PATH'] } };
  return (
    await promisify(execFile)(process.execPath, ['--import', import.meta.resolve('tsx'), file], options)
  ).stderr;
}

describe('events while an oracle runs', () => {
  it('are not written to standard error by default, and are again afterwards', {
    timeout: 60_000,
  }, async () => {
    expect(await stderrOf('await expectInert(link);')).toBe('');
    expect(await stderrOf("await expectInert(link); link('javascript:alert(1)');")).toMatch(
      /html\/unsafe-url/,
    );
  });

  it('go to the sinks that a test set up', async () => {
    const codes: string[] = [];
    const recorder = configureEvents({
      sinks: [{ name: 'test', write: (events) => void codes.push(...events.map(({ code }) => code)) }],
    });
    await expectInert(link);
    await recorder.flush();
    expect(codes).toContain('html/unsafe-url');
  });
});
