import type { RequestListener } from 'node:http';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createFolder } from '../../scan/testing/folder.ts';
import { parseHost, parseTarget } from '../../target/gate/parse-target.ts';
import {
  type CertificateMaker,
  type CertificateOptions,
  createCertificateMaker,
} from '../../target/testing/certificates.ts';
import { type Served, served, serveHttp } from '../../target/testing/serve.ts';
import { runCheck } from '../check/run-check.ts';
import { liveChecks } from '../checks/live/all.ts';
import { lookAtSite } from '../live/look-at-site.ts';
import { openSubject } from '../subject/open-subject.ts';
import { type Verdict, worst } from '../verdict.ts';

/** What each live check says, by its name. */
export type Verdicts = Readonly<Record<string, Verdict | 'none'>>;

export interface LiveAudits {
  audit(...urls: readonly string[]): Promise<Verdicts>;
  overHttp(handler: RequestListener): Promise<string>;
  overHttps(
    handler: RequestListener,
    options?: ServerOptions,
    certificate?: CertificateOptions,
  ): Promise<string>;
  certificate(options?: CertificateOptions): ReturnType<CertificateMaker['make']>;
  /** Closes it after the test. */
  keep(one: Served): Served;
  /** What differs from a site that does everything right, with https and a redirect to it. */
  differences(
    handler: RequestListener,
    options?: ServerOptions,
    certificate?: CertificateOptions,
  ): Promise<Verdicts>;
}

/** Starts servers on this machine, and runs all live checks on them. For the top of a test file. */
export function liveAudits(): LiveAudits {
  let maker: CertificateMaker;
  const empty = createFolder({});
  const open: Served[] = [];
  beforeAll(() => {
    maker = createCertificateMaker();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  afterAll(() => {
    maker?.remove();
    empty.remove();
  });
  const keep = (one: Served): Served => {
    open.push(one);
    return one;
  };
  const audit: LiveAudits['audit'] = async (...urls) => {
    const [first, ...rest] = urls.map(parseTarget);
    if (first === undefined) throw new Error('no URL');
    const allowHosts = [parseHost('127.0.0.1')];
    const site = await lookAtSite({ urls: [first, ...rest], allowHosts, ca: maker.ca, version: '0' });
    const subject = Object.assign(openSubject(empty.path, { today: '2026-12-01' }), { site });
    const all = liveChecks.map(async (check) => {
      const outcomes = await runCheck(check, subject);
      expect(outcomes.filter(({ summary }) => summary.includes('mistake of Bulwark'))).toEqual([]);
      const verdict = outcomes.length === 0 ? 'none' : worst(outcomes.map((one) => one.verdict));
      return [check.id.replace('live/', ''), verdict] as const;
    });
    return Object.fromEntries(await Promise.all(all));
  };
  const overHttp: LiveAudits['overHttp'] = async (handler) => keep(await serveHttp(handler)).origin;
  const overHttps: LiveAudits['overHttps'] = async (handler, options, certificate) => {
    const server = createHttps({ ...maker.make(certificate), ciphers: 'ECDHE+AESGCM', ...options }, handler);
    server.on('tlsClientError', () => {});
    const one = keep(await served(server, [], () => server.closeAllConnections()));
    return one.origin.replace('http:', 'https:');
  };
  return {
    ...{ audit, overHttp, overHttps, keep },
    certificate: (options) => maker.make(options),
    async differences(handler, options, certificate) {
      const secure = await overHttps(handler, options, certificate);
      const plain = await overHttp((req, res) =>
        res.writeHead(308, { Location: `${secure}${req.url}` }).end(),
      );
      return changesOf(await audit(`${secure}/`, `${plain}/`), good);
    },
  };
}

/** Those that are not as they were to be. */
export function changesOf(verdicts: Verdicts, from: Verdicts): Verdicts {
  expect(Object.keys(verdicts).sort()).toEqual(Object.keys(good).sort());
  return Object.fromEntries(Object.entries(verdicts).filter(([id, verdict]) => from[id] !== verdict));
}

/** Of a site that does everything right. It was not looked at in a browser. */
export const good: Verdicts = {
  ...{
    'backup-files': 'pass',
    certificate: 'pass',
    'certificate-expiry': 'pass',
    cors: 'pass',
    csp: 'pass',
    'csp-nonce': 'none',
  },
  ...{
    'csp-violations': 'unknown',
    'csrf-cookie': 'none',
    'debug-page': 'pass',
    'directory-listing': 'pass',
    'ds-store': 'pass',
  },
  ...{
    'error-details': 'pass',
    'error-page-tokens': 'pass',
    'exposed-env': 'pass',
    'exposed-git': 'pass',
    framing: 'pass',
  },
  ...{
    'forward-secrecy': 'pass',
    hsts: 'pass',
    http2: 'fail',
    'https-redirect': 'pass',
    'internal-hosts': 'none',
  },
  ...{
    'log-in-limits': 'none',
    'metadata-probe': 'none',
    'mixed-content': 'pass',
    nosniff: 'pass',
    'referrer-policy': 'pass',
  },
  ...{
    'rejected-cookies': 'pass',
    robots: 'pass',
    'security-txt': 'pass',
    'server-header': 'pass',
    'session-cookie': 'pass',
  },
  ...{
    'source-maps': 'pass',
    'status-pages': 'pass',
    'tls-ciphers': 'pass',
    'tls-versions': 'pass',
    trace: 'pass',
  },
};
/** Of the same site without https. */
export const withoutTls: Verdicts = {
  ...good,
  ...{
    certificate: 'unknown',
    'certificate-expiry': 'unknown',
    'forward-secrecy': 'unknown',
    http2: 'unknown',
  },
  ...{
    'tls-ciphers': 'unknown',
    'tls-versions': 'unknown',
    hsts: 'unknown',
    'mixed-content': 'unknown',
    'https-redirect': 'fail',
  },
};
