import { parse } from 'yaml';
import type { Answer, Header, Method, Reply } from '../../target/http/reply.ts';
import { parseSetCookie } from '../../target/http/set-cookie.ts';
import type { Visit } from '../../target/http/visit.ts';
import type { TlsView } from '../../target/tls/tls-view.ts';
import type { HostView } from '../live/host.ts';
import type { BrowserView, CorsProbe, ErrorProbe, PathProbe, ScriptProbe, Site } from '../live/site.ts';

/** An answer as a case has it: what is left out is ordinary. */
interface WrittenAnswer {
  readonly url?: string;
  readonly path?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly isCut?: boolean;
  /** Instead of an answer: why there is none. */
  readonly none?: string;
}

interface WrittenPage extends WrittenAnswer {
  /** Answers before this one. */
  readonly redirects?: readonly WrittenAnswer[];
  /** Where the answer differs when it is asked for again. */
  readonly again?: WrittenAnswer;
}

type Probe = WrittenAnswer & { readonly kind?: string };

interface WrittenSite {
  readonly pages?: readonly WrittenPage[];
  readonly http?: readonly (WrittenPage & { readonly outside?: string })[];
  readonly tls?: readonly Partial<TlsView>[];
  readonly cors?: readonly (Probe & {
    readonly origin: string;
    readonly method?: CorsProbe['method'];
    readonly withCookies?: boolean;
  })[];
  readonly errors?: readonly Probe[];
  readonly paths?: readonly WrittenAnswer[];
  readonly controls?: readonly WrittenAnswer[];
  readonly scripts?: readonly (WrittenAnswer & { readonly map?: WrittenAnswer })[];
  readonly browser?: BrowserView;
  readonly logIn?: { readonly attempts: readonly WrittenAnswer[]; readonly failure?: string };
}

/** The site of a case, written as YAML in its file `site.yaml`. */
export function recordedSite(text: string): Site {
  const written = parse(text) as WrittenSite;
  const pages = written.pages ?? [{}];
  const start = pages[0]?.url ?? 'https://shop.example/';
  const { origin } = new URL(start);
  const probe = (one: WrittenAnswer): PathProbe => ({ path: one.path ?? '/', reply: replyOf(one, origin) });
  const views = pages.map((page) => ({
    url: page.url ?? start,
    first: visitOf(page, origin),
    second: visitOf({ ...page, ...page.again }, origin),
  }));
  return {
    origin,
    pages: views,
    http: (written.http ?? []).map((one) => {
      const visit = visitOf(one, origin);
      return one.outside === undefined
        ? visit
        : { ...visit, stopped: { reason: 'outside' as const, to: one.outside } };
    }),
    tls: (written.tls ?? []).map((view) => ({
      ...{ host: 'shop.example', port: 443, versions: [], weakCiphers: [] },
      ...view,
    })),
    cors: (written.cors ?? []).map((one) => ({
      ...(one as unknown as CorsProbe),
      ...{ url: start, method: one.method ?? 'GET', withCookies: one.withCookies ?? false },
      reply: replyOf(one, origin, one.method),
    })),
    errors: (written.errors ?? []).map((one) => ({
      ...probe(one),
      kind: (one.kind ?? 'missing') as ErrorProbe['kind'],
    })),
    paths: (written.paths ?? []).map(probe),
    controls: (written.controls ?? [{ path: '/k2j4h5', status: 404, body: 'Not found' }]).map(probe),
    scripts: (written.scripts ?? []).map(({ map, ...one }): ScriptProbe => {
      const reply = replyOf(one, origin);
      const mapReply = map && replyOf(map, origin);
      return { url: reply.url, reply, ...(mapReply && { map: { url: mapReply.url, reply: mapReply } }) };
    }),
    cookies: views.flatMap(({ first }) => first.answers.flatMap(cookiesOf)),
    ...(written.browser && { browser: written.browser }),
    ...(written.logIn && {
      logIn: {
        ...{ url: `${origin}/login`, user: 'throw-away' },
        ...(written.logIn.failure !== undefined && { failure: written.logIn.failure }),
        attempts: written.logIn.attempts.map((one) => replyOf(one, origin)),
      },
    }),
    requests: 0,
    gaps: [],
  };
}

/** What a machine can reach, in the file `host.yaml` of a case. */
export function recordedHost(text: string): HostView {
  return parse(text) as HostView;
}

function visitOf(page: WrittenPage, origin: string): Visit {
  const before = (page.redirects ?? []).flatMap((one) => answersOf(replyOf(one, origin)));
  const last = replyOf(page, origin);
  if (last.kind === 'none') return { answers: before, stopped: { reason: 'no-answer', none: last } };
  return { answers: [...before, last] };
}

function answersOf(reply: Reply): Answer[] {
  return reply.kind === 'answer' ? [reply] : [];
}

function replyOf(one: WrittenAnswer, origin: string, method: Method = 'GET'): Reply {
  const url = one.url ?? `${origin}${one.path ?? '/'}`;
  if (one.none !== undefined) {
    const reason = one.none as 'refused';
    return { kind: 'none', method, url, reason, sentence: `There is no answer: ${reason}.` };
  }
  const body = one.body ?? '<!doctype html><title>Shop</title><p>Welcome</p>';
  const headers = Object.entries(one.headers ?? {}).flatMap(([name, value]): Header[] =>
    (typeof value === 'string' ? [value] : value).map((each) => [name.toLowerCase(), each]),
  );
  const hasType = headers.some(([name]) => name === 'content-type');
  const type = body.trimStart().startsWith('<') ? 'text/html; charset=utf-8' : 'text/plain';
  return {
    ...{ kind: 'answer', method, url, status: one.status ?? 200, body, isCut: one.isCut ?? false },
    headers: hasType ? headers : [['content-type', type], ...headers],
  };
}

function cookiesOf({ headers, url }: Answer): Site['cookies'] {
  return headers.flatMap(([name, value]) => {
    const cookie = name === 'set-cookie' ? parseSetCookie(value, url) : undefined;
    return cookie === undefined ? [] : [cookie];
  });
}
