import { type Legitimate, legitimate } from '../../examples/lab/legitimate/requests.ts';

/** One parameter of one request that an honest visitor makes: what sqlmap is pointed at. */
export interface Target {
  /** `GET products category`, `POST login email`, `GET api/users/:id`. */
  readonly name: string;
  /** `#1*` is the place in the path that a `*` marks. */
  readonly parameter: string;
  /** As sqlmap writes it in what it says. */
  readonly shown: string;
  readonly request: Legitimate;
}

/** These echo what they are sent, or fetch it: no statement is built from it. */
const withoutStatement: ReadonlySet<string> = new Set(['search', 'preview', 'api/preview']);

/** What the applications take beside: the same filters as the page's, and a body in JSON. */
const beside: readonly Legitimate[] = [
  {
    name: 'JSON: products by every filter',
    method: 'GET',
    path: 'api/products?q=rope&category=ropes&min=1&max=100&sort=price',
  },
  ...legitimate.filter(({ name }) => name === 'log in').map((login) => ({ ...login, type: 'json' as const })),
];

/** Each parameter of the lab from which a statement is built, in the request that says most. */
export function targets(): readonly Target[] {
  const found = new Map<string, Target>();
  for (const request of [...legitimate, ...beside]) {
    if (request.undefendedFails !== undefined) continue;
    for (const target of targetsOf(request)) {
      const known = found.get(target.name);
      if (!known || parameters(request).length > parameters(known.request).length)
        found.set(target.name, target);
    }
  }
  return [...found.values()];
}

function targetsOf(request: Legitimate): readonly Target[] {
  const [path = ''] = request.path.split('?');
  if (withoutStatement.has(path)) return [];
  const numbered = /\/\d+$/.test(path);
  const endpoint = `${request.method} ${numbered ? path.replace(/\d+$/, ':id') : path}`;
  const json = request.type === 'json' ? ' in JSON' : '';
  return [
    ...(numbered ? [{ name: endpoint, parameter: '#1*', shown: '#1*', request }] : []),
    ...parameters(request).map((parameter) => ({
      name: `${endpoint} ${parameter}${json}`,
      parameter,
      shown: json ? `JSON ${parameter}` : parameter,
      request,
    })),
  ];
}

function parameters({ path, body }: Legitimate): readonly string[] {
  const [, query = ''] = path.split('?');
  return [...new URLSearchParams(query).keys(), ...Object.keys(body ?? {})];
}
