import { ssrfPayloads } from 'bulwark/testing';
import type { App } from '../run/app-process.ts';
import type { Attack, Outcome, Range } from './attack.ts';
import { answerOf, request } from './request.ts';

const endpoints = [
  { name: 'POST preview url', path: 'preview', type: 'form' },
  { name: 'POST api/preview url', path: 'api/preview', type: 'json' },
] as const;

/** Every URL at both link previews, and the same behind a public site that redirects. */
export function ssrfAttacks(): Attack[] {
  const viaRedirect = ssrfPayloads
    .filter(({ guide, url }) => guide && url.startsWith('http'))
    .map(({ name, url }) => ({
      name: `${name}, by redirect`,
      url: `http://news.example.com/to?${encodeURIComponent(url)}`,
      kind: 'redirect',
      guide: false,
    }));
  return endpoints.flatMap((endpoint) =>
    [...ssrfPayloads, ...viaRedirect].map(({ name, url, kind, guide }) => ({
      group: 'SSRF' as const,
      name,
      payload: url,
      kind,
      endpoint: endpoint.name,
      guide: guide === true,
      part: 'preview' as const,
      fire: (app: App, range: Range) => fire(app, range, endpoint, url),
    })),
  );
}

async function fire(
  app: App,
  { canaries }: Range,
  { path, type }: (typeof endpoints)[number],
  url: string,
): Promise<Outcome> {
  const { secrets } = canaries;
  const before = canaries.hits();
  const reply = await request(app, 'POST', path, { url }, type);
  const answer = answerOf(reply);
  if (reply.body.includes(secrets.metadata)) return { answer, lost: 'cloud credentials stolen' };
  if (reply.body.includes(secrets.internal)) return { answer, lost: "internal panel's token stolen" };
  if (/root:[x*]:0:0/.test(reply.body)) return { answer, lost: 'local file read' };
  const after = canaries.hits();
  const reached = (['metadata', 'internal', 'banner'] as const).find((name) => after[name] > before[name]);
  return reached === undefined ? { answer } : { answer, reached: `a connection to the ${reached} canary` };
}
