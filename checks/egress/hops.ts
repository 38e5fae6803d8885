import type { EgressCase } from './egress-case.ts';
import { readUrl } from './read-url.ts';

/** The URL of a case and those that its redirects lead to, as far as they can be read. */
export function hopsOf({ url }: Pick<EgressCase, 'url'>): readonly URL[] {
  const hops: URL[] = [];
  let next: string | null = url;
  while (next !== null && hops.length < 20) {
    const hop = readUrl(next, hops.at(-1));
    if (!hop) break;
    hops.push(hop);
    next = hop.pathname === '/redirect' ? hop.searchParams.get('to') : null;
  }
  return hops;
}

/** Every port that the cases lead to. */
export function portsOf(cases: readonly EgressCase[]): readonly number[] {
  const ports = cases.flatMap((one) => hopsOf(one).map(({ port }) => Number(port)));
  return [...new Set([...usual, ...ports])].filter((port) => port > 0);
}

/** Where servers listen that should not be reached, whatever the cases name. */
const usual = [22, 25, 3306, 5432, 6379, 8080, 9200, 11211];

/** Every name that a certificate must hold. */
export function secureNamesOf(cases: readonly EgressCase[]): readonly string[] {
  const hosts = cases.flatMap((one) =>
    hopsOf(one)
      .filter(({ protocol }) => protocol === 'https:')
      .map(({ hostname }) => hostname.replace(/\.$/, '')),
  );
  return [...new Set(hosts)].filter((host) => host !== '');
}
