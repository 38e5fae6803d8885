import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/finding.ts';
import { createScan } from '../scan/scan.ts';
import { fixesFor } from './fixes-for.ts';

describe('fixesFor', () => {
  const text = `import https from 'node:https';
export const agent = new https.Agent({ rejectUnauthorized: false, keepAlive: true });
`;

  const rescan = async (texts: ReadonlyMap<string, string>): Promise<readonly Finding[]> => {
    const files = [{ path: 'a.js', language: 'javascript' as const, text: texts.get('a.js') ?? text }];
    const project = { files, settings: [], notices: [], read: () => undefined };
    const options = { wants: () => true, models: [], today: '2027-01-01', progress: () => undefined };
    return (await createScan()({ project, ...options })).findings;
  };

  it('offers what --fix only suggests', async () => {
    const [finding] = await rescan(new Map());
    expect(finding?.rule).toBe('tls/unverified');
    const [fix] = fixesFor(finding as Finding, { sources: () => text, rescan });
    expect(fix?.title).toBe('Fix tls/unverified (review the change)');
    expect((await fix?.texts())?.get('a.js')).toContain('new https.Agent({ keepAlive: true })');
  });

  it('offers nothing for a rule without fixes', async () => {
    const [finding] = await rescan(new Map());
    expect(
      fixesFor({ ...(finding as Finding), rule: 'sql/template-site' }, { sources: () => text, rescan }),
    ).toEqual([]);
  });
});
