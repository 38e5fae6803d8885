import { Misuse } from '../refusal/misuse.ts';
import { webOrigin } from '../request/web-origin.ts';
import { sharedSuffixes } from './shared-suffixes.ts';

const mostOrigins = 1_000;

/**
 * A test of `Origin` headers. An entry is an exact origin, or has `*.` for every subdomain at any depth, but not for the domain itself.
 *
 * @throws Misuse `cors/unsafe-origin`, `bulwark/invalid-option`
 */
export function allowedOrigins(entries: unknown): (origin: string) => boolean {
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > mostOrigins) {
    throw new Misuse(
      'bulwark/invalid-option',
      `origins takes '*', or a list of 1 to ${mostOrigins} origins.`,
    );
  }
  const exact = new Set<string>();
  const suffixes: Suffix[] = [];
  for (const entry of entries as readonly unknown[]) {
    if (typeof entry !== 'string' || entry === 'null' || entry === '*') throw unsafe(entry);
    const wildcard = subdomains.exec(entry);
    if (wildcard) suffixes.push(readSuffix(entry, wildcard[1] ?? 'https://', wildcard[2] ?? ''));
    else exact.add(readExact(entry));
  }
  return (origin) => exact.has(origin) || suffixes.some((suffix) => isSubdomain(origin, suffix));
}

interface Suffix {
  readonly scheme: string;
  /** Begins with a dot, and ends with the port. */
  readonly end: string;
}

const subdomains = /^(https?:\/\/)?\*\.([^*]+)$/i;
/** A browser writes an origin in one spelling. A name of an http origin has at least one letter or digit before each dot. */
const labels = /^(?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?\.)*[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/;

function isSubdomain(origin: string, { scheme, end }: Suffix): boolean {
  if (!origin.startsWith(scheme) || !origin.endsWith(end)) return false;
  const name = origin.slice(scheme.length, -end.length);
  return name.length <= 253 && labels.test(name);
}

function readSuffix(entry: string, scheme: string, rest: string): Suffix {
  const origin = webOrigin(`${scheme}${rest}`);
  if (origin === undefined) throw invalid(entry);
  const { hostname } = new URL(origin);
  if (
    (!hostname.includes('.') && hostname !== 'localhost') ||
    /^[\d.]+$|\.$/.test(hostname) ||
    sharedSuffixes.has(hostname)
  ) {
    throw new Misuse(
      'cors/unsafe-origin',
      `origins has ${JSON.stringify(entry.slice(0, 128))}, under which anyone can register a name. List your own names.`,
    );
  }
  const start = origin.indexOf('://') + 3;
  return { scheme: origin.slice(0, start), end: `.${origin.slice(start)}` };
}

/** The origins of app shells, such as `capacitor://localhost`, have schemes of their own, which no URL parser normalises. */
const appOrigin =
  /^(?!file:|data:|blob:|javascript:|about:|https?:)[a-z][a-z\d+.-]{1,62}:\/\/[a-z\d][a-z\d.-]{0,252}$/;

function readExact(entry: string): string {
  const origin = appOrigin.test(entry) ? entry : webOrigin(entry);
  if (origin === undefined || /\.(?::\d+)?$/.test(origin)) throw invalid(entry);
  return origin;
}

function unsafe(entry: unknown): Misuse {
  const shown =
    typeof entry === 'string'
      ? `'${entry}'`
      : entry instanceof RegExp
        ? 'a regular expression'
        : `a ${typeof entry}`;
  return new Misuse('cors/unsafe-origin', `origins has ${shown}.`);
}

function invalid(entry: string): Misuse {
  return new Misuse(
    'bulwark/invalid-option',
    `origins has ${JSON.stringify(entry.slice(0, 128))}. Write scheme and host, such as 'https://app.example.com', or ` +
      "'https://*.example.com' for subdomains, without path, user or final dot.",
  );
}
