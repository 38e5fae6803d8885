/**
 * Lists every place where the server sends a request, and what chooses its host. Requests of pages, which browsers send, are not the
 * server's.
 *
 * ## Why
 * A server whose requests an attacker can direct reaches what only it can: databases, admin pages, the cloud's credentials.
 *
 * ## Passes
 * All code was read. The host of each request is written in the program, is a setting, is checked against a list, or the client checks
 * every address that it connects to (`createFetch` of bulwark/fetch).
 *
 * ## Fails
 * The scanner finds that untrusted input chooses the host (`ssrf/request`).
 *
 * ## Unknown
 * The URL of a request could not be followed, the client is not known, or a file could not be parsed.
 *
 * ## How to fix
 * ```ts
 * import { createFetch } from 'bulwark/fetch';
 *
 * const fetch = createFetch({ hosts: ['api.example.com'] });
 * ```
 * In Python compare the host with a list and pass `allow_redirects=False`, or send requests through bulwark-gateway.
 */
import type { Finding } from '../../../../finding/finding.ts';
import type { CodeView } from '../../../../scan/code-view.ts';
import type { Check } from '../../../check/check.ts';
import { unknown } from '../../../check/outcome.ts';
import { judgeSites, type SiteQuestion } from '../judge-sites.ts';

const asked: SiteQuestion = {
  kind: 'outbound',
  rules: [/^ssrf\/request$/],
  what: 'Untrusted input chooses the host of a request',
  does: 'sends a request',
  do: 'send a request',
  isRight: 'have a constant host, one of a fixed list or of the settings, or a guarded client',
  fix: 'Write the host in the program, compare it with a list, or use a guarded client: `createFetch({ hosts: [...] })` of bulwark/fetch, bulwark-gateway for Python.',
};

export const check: Check = {
  id: 'code/outbound-sites',
  aspect: 'outbound/sites',
  title: 'Every request of the server has a constant host, one of a fixed list, or a guarded client.',
  why: 'A server whose requests an attacker directs reaches what only it can reach.',
  severity: 'high',
  cwe: [918],
  asvs: ['1.3.6'],
  async run(subject) {
    const view = withoutGuarded(await subject.code());
    if (view.files === 0) return [];
    const outcome = judgeSites(subject, view, asked);
    const client = view.imports.find((one) => clients.test(one.package));
    const isMissing =
      outcome.verdict === 'pass' && client && !view.sites.some(({ kind }) => kind === 'outbound');
    return [
      isMissing
        ? unknown(
            `\`${client.package}\` is imported, and no place that sends a request was recognised.`,
            asked.fix,
            [{ text: client.package, path: client.path, line: client.line }],
          )
        : outcome,
    ];
  },
};

/** Which addresses an agent refuses shows where the request connects, and not in what the scanner follows. */
function withoutGuarded(view: CodeView): CodeView {
  const guarded = new Set(
    view.sites
      .filter(({ kind, because }) => kind === 'outbound' && because.startsWith('the agent of '))
      .map(({ place }) => `${place.path} ${place.line} ${place.column}`),
  );
  const isOpen = ({ rule, place }: Finding): boolean =>
    rule !== 'ssrf/request' || !guarded.has(`${place.path} ${place.line} ${place.column}`);
  return { ...view, findings: view.findings.filter(isOpen) };
}

/** Packages that send requests, and hardly do anything else. */
const clients =
  /^(axios|got|node-fetch|superagent|needle|request|request-promise(-native)?|ky|cross-fetch|isomorphic-fetch|wretch|ofetch|phin|centra|bent|make-fetch-happen|node-libcurl|http-proxy|http-proxy-middleware|requests|httpx|urllib3|pycurl|httplib2|treq|niquests|grequests|requests_html|scrapy)$/;
