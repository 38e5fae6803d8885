import { randomBytes } from 'node:crypto';
import { type Gate, openGate } from '../../target/gate/open-gate.ts';
import { type Budget, createBudget } from '../../target/http/budget.ts';
import { type Client, createClient } from '../../target/http/client.ts';
import { type Visit, visit } from '../../target/http/visit.ts';
import { probeLogIn } from '../../target/log-in/probe-log-in.ts';
import { probeTls } from '../../target/tls/probe-tls.ts';
import type { TlsView } from '../../target/tls/tls-view.ts';
import { guessedFolders, guessedPaths, mostFolders } from './guessed-paths.ts';
import { ownAssets } from './own-assets.ts';
import { probeCors } from './probe-cors.ts';
import { probeErrors, probePageErrors, probePaths, probeScripts } from './probe-paths.ts';
import type { BrowserView, Page, Site } from './site.ts';
import { cookieHeader, cookiesOf, lastAnswer } from './site-cookies.ts';

export interface LookOptions {
  /** As `parseTarget` returns them; at most `mostPages`. */
  readonly urls: readonly [URL, ...URL[]];
  /** As `parseHost` returns them. */
  readonly allowHosts: readonly string[];
  /** Authorities in PEM that are trusted too. */
  readonly ca?: string | undefined;
  readonly version: string;
  /** Load the pages in Chromium too. */
  readonly browser?: boolean | undefined;
  /** Try wrong passwords on this page for a user that was made for it. */
  readonly logIn?: { readonly url: URL; readonly user: string } | undefined;
  readonly limits?: Partial<LookLimits>;
}

export interface LookLimits {
  readonly mostRequests: number;
  /** Of one request. */
  readonly timeoutMs: number;
  readonly totalMs: number;
}

export const mostPages = 5;
const mostScripts = 3;

/**
 * Looks at a running site: at most 60 requests, 5 in a second unless it is this machine, GET and OPTIONS only, and nothing outside of the
 * hosts that were named.
 *
 * @throws {TargetMistake} if the gate does not open
 */
export async function lookAtSite(options: LookOptions): Promise<Site> {
  const { urls, allowHosts, logIn, version } = options;
  const gate = await openGate({ urls: [...urls, ...(logIn ? [logIn.url] : [])], allowHosts });
  const limits: LookLimits = {
    ...{ mostRequests: 60, timeoutMs: gate.isLoopback ? 5_000 : 10_000, totalMs: 60_000 },
    ...options.limits,
  };
  const perSecond = gate.isLoopback ? undefined : 5;
  const budget = createBudget({ ...limits, mostConnections: 30, perSecond });
  const { timeoutMs } = limits;
  const own = { gate, timeoutMs, maxBytes: 262_144, userAgent: `bulwark-audit/${version}` };
  const client = createClient({ ...own, budget });
  const site = await look(options, { gate, budget, client, timeoutMs });
  if (logIn === undefined) return site;
  // Last, as its limit may be one for the whole site; with requests of its own.
  const trying = { mostRequests: mostAttempts * 3, mostConnections: 0, perSecond, totalMs: limits.totalMs };
  const trier = createClient({ ...own, budget: createBudget(trying) });
  const attempts = await probeLogIn({ client: trier, allows: gate.allows, ...logIn, mostAttempts });
  return { ...site, logIn: attempts };
}

/** A limit of ten lets ten through. */
const mostAttempts = 12;

interface Tools {
  readonly gate: Gate;
  readonly budget: Budget;
  readonly client: Client;
  readonly timeoutMs: number;
}

async function look({ urls, ca, browser }: LookOptions, tools: Tools): Promise<Site> {
  const { gate, budget, client } = tools;
  const random = `bulwark-${randomBytes(8).toString('hex')}`;
  const follow = (url: URL): Promise<Visit> => visit(client, url, gate.allows);
  const pages = await visitPages(urls, follow);
  const answers = pages.flatMap(({ first }) => lastAnswer(first) ?? []);
  const reached = answers.map(({ url }) => new URL(url));
  const tls = probeAllTls([...urls, ...reached], ca, tools);
  const http = Promise.all(
    plainUrls([...urls, ...reached], random).map(
      (url) => pages.find((page) => page.url === url.href)?.first ?? follow(url),
    ),
  );
  const start = reached[0] ?? urls[0];
  const { origin } = start;
  if (pages.every(({ first }) => first.answers.length === 0)) {
    const none = { cors: [], errors: [], paths: [], controls: [], scripts: [], cookies: [] } as const;
    const gaps = ['The site did not answer.'];
    return { origin, pages, http: await http, tls: await tls, ...none, requests: budget.requests, gaps };
  }
  const viewing = browser ? inBrowser(urls, tools) : undefined;
  // In the order of their weight: what comes last is left out first where the limit of requests is reached.
  const base = new URL(origin);
  const { scripts, folders } = ownAssets(answers);
  const folder = [...new Set([...folders, ...guessedFolders])].slice(0, mostFolders);
  const own = new Map(reached.filter((url) => url.origin === origin).map((url) => [url.href, url]));
  const others = [...own.values()].filter(({ href }) => href !== start.href);
  const cookie = pages[0] && cookieHeader(pages[0].first);
  const [errors, controls, paths, pageErrors, cors, maps, more] = await Promise.all([
    probeErrors(client, base, random),
    probePaths(client, base, controlsOf(random)),
    probePaths(client, base, [...guessedPaths, ...folder]),
    probePageErrors(client, base, [...own.values()]),
    probeCors(client, start, { methods: ['GET', 'OPTIONS'], cookie }),
    probeScripts(client, scripts.filter(gate.allows).slice(0, mostScripts)),
    Promise.all(others.map((url) => probeCors(client, url, { methods: ['GET'] }))),
  ]);
  const probed = {
    errors: [...errors, ...pageErrors],
    controls,
    paths,
    scripts: maps,
    cors: [...cors, ...more.flat()],
  };
  const site = { origin, pages, http: await http, tls: await tls, ...probed };
  const view = await viewing;
  return {
    ...site,
    cookies: cookiesOf(repliesOf(site)),
    ...(view && { browser: view }),
    requests: budget.requests,
    gaps: gapsOf(site, budget),
  };
}

/** Loaded only when it is asked for. */
async function inBrowser(urls: readonly URL[], { gate, budget, timeoutMs }: Tools): Promise<BrowserView> {
  const { lookInBrowser } = await import('./look-in-browser.ts');
  return lookInBrowser(urls, gate, { timeoutMs, leftMs: () => budget.leftMs });
}

/** Each twice: what changes from one load to the next is seen by that. What redirects without end does not change. */
async function visitPages(
  urls: readonly URL[],
  follow: (url: URL) => Promise<Visit>,
): Promise<readonly Page[]> {
  return Promise.all(
    urls.map(async (url): Promise<Page> => {
      const first = await follow(url);
      const isShown = first.answers.length > 0 && first.stopped?.reason !== 'too-many-redirects';
      return { url: url.href, first, ...(isShown && { second: await follow(url) }) };
    }),
  );
}

/** The same host over http, if its port is known. */
function plainUrls(urls: readonly URL[], random: string): readonly URL[] {
  const secure = urls.find(({ protocol }) => protocol === 'https:');
  if (secure === undefined) return [];
  const given = urls.find(({ protocol, hostname }) => protocol === 'http:' && hostname === secure.hostname);
  if (given === undefined && secure.port !== '') return [];
  const plain = given?.origin ?? `http://${secure.host}`;
  return [new URL(`${secure.pathname}${secure.search}`, plain), new URL(`/${random}`, plain)];
}

async function probeAllTls(
  urls: readonly URL[],
  ca: string | undefined,
  { gate, budget, timeoutMs }: Tools,
): Promise<readonly TlsView[]> {
  const secure = urls.filter(({ protocol }) => protocol === 'https:');
  const ports = new Map(secure.map((url) => [url.host, url]));
  return Promise.all(
    [...ports.values()]
      .slice(0, 2)
      .map(({ hostname, port }) =>
        probeTls(
          { hostname, port: Number(port || 443), addresses: gate.addresses(hostname) },
          { budget, timeoutMs, ca, now: new Date() },
        ),
      ),
  );
}

/** Names that nobody has, of the kinds that are guessed: a server may treat files with a dot or an ending differently. */
function controlsOf(random: string): readonly string[] {
  return [`/${random}/`, `/${random}.zip`, `/.${random}/HEAD`];
}

type Probed = Pick<Site, 'pages' | 'http' | 'cors' | 'errors' | 'paths' | 'controls' | 'scripts'>;

function repliesOf({
  pages,
  http,
  cors,
  errors,
  paths,
  controls,
  scripts,
}: Probed): Parameters<typeof cookiesOf>[0] {
  return [
    ...pages.flatMap(({ first, second }) => [...first.answers, ...(second?.answers ?? [])]),
    ...http.flatMap(({ answers }) => answers),
    ...[...cors, ...errors, ...paths, ...controls, ...scripts].map(({ reply }) => reply),
  ];
}

function gapsOf(site: Probed, budget: Budget): readonly string[] {
  const { cors, errors, paths, controls, scripts } = site;
  const probes = [...cors, ...errors, ...paths, ...controls, ...scripts];
  const unsent = probes.filter(({ reply }) => reply.kind === 'none' && reply.reason === 'not-sent').length;
  if (unsent === 0) return [];
  const limit = budget.leftMs === 0 ? 'time' : 'requests';
  return [
    `${unsent} requests to the site were not sent, as the limit of ${limit} was reached or it no longer answered.`,
  ];
}
