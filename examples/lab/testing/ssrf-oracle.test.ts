import { configureEvents } from 'bulwark/event';
import { expectNoEgress, expectRefusal, type SsrfPayload, ssrfPayloads } from 'bulwark/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { preview as defended } from '../defended/preview.ts';
import { preview as undefended } from '../undefended/preview.ts';

/** What the names of the corpus resolve to, as an attacker's server answers. */
function namesOf({ url, answers }: SsrfPayload): Record<string, readonly string[]> {
  return answers ? { [new URL(url).hostname]: answers } : {};
}

/** What the built-in fetch connects to: it has no other schemes, takes no credentials, and blocks some ports itself. */
const dialled = ssrfPayloads.filter(({ url }) => {
  const read = URL.canParse(url) ? new URL(url) : undefined;
  if (!read || !['http:', 'https:'].includes(read.protocol)) return false;
  return read.username === '' && read.password === '' && !['22', '25'].includes(read.port);
});

describe('expectNoEgress on the lab', () => {
  beforeAll(() => void configureEvents({ sinks: [] }));

  it('is red on the undefended preview for what it connects to', async () => {
    const passed: string[] = [];
    for (const payload of dialled) {
      const tried = await expectNoEgress(() => undefended(payload.url), { names: namesOf(payload) }).catch(
        String,
      );
      if (!String(tried).includes('Egress:')) passed.push(`${payload.url} ${tried}`);
    }
    expect(passed).toEqual([]);
  });

  it('is green on the defended preview, and each is refused', async () => {
    for (const payload of ssrfPayloads) {
      await expectNoEgress(() => expectRefusal(defended(payload.url), 'fetch/*'), {
        names: namesOf(payload),
      });
    }
  });

  it('is red as well where what is asked for is public, unless it is allowed', async () => {
    const run = (): unknown => defended('http://news.example.com/');
    await expect(expectNoEgress(run)).rejects.toThrow(/a connection to news\.example\.com:80 \(/);
  });
});
