import { ssrfPayloads } from 'bulwark/testing';
import type { App } from '../run/app-process.ts';
import type { Attack, Outcome, Place, Range } from './attack.ts';
import { answerOf, request, shownOf } from './request.ts';

const endpoints = [
  { name: 'POST preview url', path: 'preview', type: 'form' },
  { name: 'POST api/preview url', path: 'api/preview', type: 'json' },
] as const;

export const ssrfPlaces: readonly Place[] = endpoints.map((endpoint) => ({
  group: 'SSRF',
  endpoint: endpoint.name,
  part: 'preview',
  code: [{ file: 'preview.ts' }],
  fire: (app, range, payload) => fire(app, range, endpoint, payload),
}));

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
  return ssrfPlaces.flatMap((place) =>
    [...ssrfPayloads, ...viaRedirect].map(({ name, url, kind, guide }) => ({
      ...place,
      name,
      payload: url,
      kind,
      guide: guide === true,
    })),
  );
}

async function fire(
  app: App,
  { canaries, look }: Range,
  { path, type }: (typeof endpoints)[number],
  url: string,
): Promise<Outcome> {
  const { secrets } = canaries;
  const before = canaries.hits();
  const reply = await request(app, 'POST', path, { url }, type);
  const seen = { answer: answerOf(reply), ...shownOf(reply, look) };
  if (reply.body.includes(secrets.metadata)) return { ...seen, lost: 'cloud credentials stolen' };
  if (reply.body.includes(secrets.internal)) return { ...seen, lost: "internal panel's token stolen" };
  if (/root:[x*]:0:0/.test(reply.body)) return { ...seen, lost: 'local file read' };
  const after = canaries.hits();
  const reached = (['metadata', 'internal', 'banner'] as const).find((name) => after[name] > before[name]);
  return reached === undefined ? seen : { ...seen, reached: `a connection to the ${reached} canary` };
}
