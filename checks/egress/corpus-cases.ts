import { isIPv6 } from 'node:net';
import { legitimateUrls, ssrfPayloads } from 'bulwark/testing';
import type { Zone } from '../machine/sealed-dns.ts';
import type { AttackCase, EgressCase, LegitimateCase } from './egress-case.ts';
import { readUrl } from './read-url.ts';

const publicAddress = '93.184.215.14';

/** The URLs of the toolkit's own corpus as cases: those who wrote it knew the code. */
export function corpusCases(): readonly EgressCase[] {
  const attacks = ssrfPayloads.map(
    ({ name, url, kind, why, answers = [publicAddress] }): AttackCase => ({
      ...{ name: `corpus: ${name}: ${url}`, why, url, kind, dns: zoneOf(url, answers) },
      // The fetch alone sees userinfo and schemes; see also `port: 0` among the cases.
      level: kind === 'userinfo' || kind === 'scheme' || /:0+\/?$/.test(url) ? 'exchange' : 'connect',
      expect: { refused: true },
    }),
  );
  const legitimate = legitimateUrls.map(({ name, url }): LegitimateCase => {
    const { hostname } = new URL(url);
    const literal = hostname.replace(/^\[|\]$/g, '');
    const dns = zoneOf(url, [publicAddress]);
    return {
      ...{
        name: `corpus ok: ${name}: ${url}`,
        why: 'the toolkit\u0027s own corpus',
        url,
        kind: 'parser',
        dns,
      },
      level: 'connect',
      expect: { reached: Object.keys(dns).length === 0 ? literal : publicAddress, status: 200 },
    };
  });
  return [...attacks, ...legitimate];
}

/** What the URL alone refuses gets an answer as well, so that it is not refused for want of one. */
function zoneOf(url: string, answers: readonly string[]): Zone {
  const host = readUrl(url)?.hostname.replace(/\.$/, '') ?? '';
  if (host === '' || host.startsWith('[') || /^[\d.]+$/.test(host)) return {};
  const [a, aaaa] = [answers.filter((one) => !isIPv6(one)), answers.filter((one) => isIPv6(one))];
  return { [host]: { a: [a], aaaa: [aaaa] } };
}
