import { type XssKind, xssPayloads } from 'bulwark/testing';
import type { App } from '../run/app-process.ts';
import type { Part } from '../run/replacement.ts';
import type { Attack, CodeSpot, Outcome, Place, Range } from './attack.ts';
import { request } from './request.ts';

interface Endpoint {
  readonly name: string;
  readonly part: Part;
  readonly code: readonly CodeSpot[];
  /** Brings the payload in, and says which page the victim then opens. */
  plant(app: App, payload: string): Promise<string>;
  /** True where something has to be cleaned up afterwards. */
  readonly stored: boolean;
  /** What of the corpus fits here; the guide's payloads are fired everywhere. Everything, if it is not said. */
  readonly kinds?: readonly XssKind[];
}

const signUp = (app: App, field: 'name' | 'bio' | 'website', payload: string): Promise<string | undefined> =>
  request(app, 'POST', 'users', {
    email: 'mallory@example.com',
    name: 'Mallory',
    bio: 'Sails.',
    website: 'https://example.com/',
    password: 'seven wet ropes of mallory',
    [field]: payload,
  }).then(({ location }) => location);

const profile = (field: 'name' | 'bio' | 'website', kinds: readonly XssKind[]): Endpoint => ({
  name: `GET profile ${field}`,
  part: 'pages',
  code: [{ file: 'pages.ts', name: 'userPage' }],
  stored: true,
  kinds,
  plant: async (app, payload) => (await signUp(app, field, payload)) ?? 'profile?id=0',
});

const reflected = (path: string, name: string, part: Part, code: readonly CodeSpot[]): Endpoint => ({
  name: `GET ${path} ${name}`,
  part,
  code,
  stored: false,
  plant: async (_app, payload) => `${path}?${new URLSearchParams({ [name]: payload })}`,
});

const endpoints: readonly Endpoint[] = [
  reflected('search', 'q', 'pages', [{ file: 'pages.ts', name: 'searchPage' }]),
  profile('name', ['attribute', 'polyglot']),
  profile('bio', ['exfiltration', 'polyglot']),
  profile('website', ['url']),
  {
    name: 'GET comments content',
    part: 'rich-text',
    code: [{ file: 'rich-text.ts' }, { file: 'pages.ts', name: 'commentsPage' }],
    stored: true,
    async plant(app, payload) {
      await request(app, 'POST', 'comments', { author: 'Mallory', content: payload });
      return 'comments';
    },
  },
  {
    ...reflected('hello', 'data', 'front-end', [{ file: 'public/hello.js' }]),
    kinds: ['handler', 'svg'],
  },
  {
    name: 'GET people (JSON API)',
    part: 'front-end',
    code: [{ file: 'public/people.js' }],
    stored: true,
    kinds: ['exfiltration', 'polyglot'],
    async plant(app, payload) {
      await signUp(app, 'bio', payload);
      return 'people';
    },
  },
];

const placeOf = (endpoint: Endpoint): Place => ({
  group: 'XSS',
  endpoint: endpoint.name,
  part: endpoint.part,
  code: endpoint.code,
  fire: (app, range, payload) => fire(app, range, endpoint, payload),
});

export const xssPlaces: readonly Place[] = endpoints.map(placeOf);

/** Every payload on the pages that show what somebody wrote. */
export function xssAttacks(): Attack[] {
  return endpoints.flatMap((endpoint) =>
    xssPayloads
      .filter(({ kind, guide }) => guide || (endpoint.kinds?.includes(kind) ?? true))
      .map(({ name, payload, kind, guide }) => ({
        ...placeOf(endpoint),
        name,
        payload,
        kind,
        guide: guide === true,
      })),
  );
}

async function fire(
  app: App,
  { victim, look }: Range,
  endpoint: Endpoint,
  payload: string,
): Promise<Outcome> {
  if (!victim) return { answer: 'not opened', unconfirmed: true };
  const path = await endpoint.plant(app, payload);
  const { status, scripts, markup, astray, shown } = await victim.open(app, path, look);
  if (endpoint.stored) await app.tidy();
  const seen = { answer: String(status), ...(shown && { shown }) };
  if (scripts.length > 0) return { ...seen, lost: `script ran: ${scripts[0]}` };
  const placed = markup ?? astray;
  return placed === undefined ? seen : { ...seen, markup: placed };
}
