import { type Address, parseAddress } from './address.ts';
import { holdsMetadata } from './metadata.ts';
import { type Given, wrong } from './mistake.ts';

export interface Endpoint extends Address {
  readonly port: number;
}

/** `192.0.2.1:4750` or `[2001:db8::1]:4750`. @throws {Mistake} */
export function parseEndpoint(given: Given): Endpoint {
  const { host, port } = splitPort(given);
  return notMetadata({ ...parseAddress(host, given), port }, given);
}

/** The address of a name server, with a port where it is not 53. @throws {Mistake} */
export function parseResolver(given: Given): Endpoint {
  // `2001:db8::53:5353` is an address in itself: a port needs the brackets.
  const bare = !given.value.startsWith('[') && given.value.split(':').length !== 2;
  const { host, port } = bare ? { host: given.value, port: 53 } : splitPort(given);
  const endpoint = { ...parseAddress(host, given), port };
  // Google and Azure answer DNS at the address of the metadata service. Only that port of it.
  return port === 53 ? endpoint : notMetadata(endpoint, given);
}

/** Splits at the last colon outside of brackets. @throws {Mistake} `egress/port` */
export function splitPort(given: Given): { readonly host: string; readonly port: number } {
  if (given.value.includes('//') || given.value.includes('@')) {
    throw wrong(
      'egress/address',
      given,
      'is a URL',
      'A packet filter knows addresses and ports, not schemes, users or paths.',
      'Write only the address and the port: 192.0.2.1:4750.',
    );
  }
  const [, bracketed, plain, digits] = /^(?:\[([^\]]*)\]|([^[\]]*)):([^:\]]*)$/.exec(given.value) ?? [];
  const host = bracketed ?? plain;
  const port = /^[1-9][0-9]{0,4}$/.test(digits ?? '') ? Number(digits) : 0;
  if (host === undefined || port === 0 || port > 65_535 || (bracketed === undefined && host.includes(':'))) {
    throw wrong(
      'egress/port',
      given,
      'has no port from 1 to 65535 after an address',
      'A rule without a port would allow every service on that machine.',
      'Write 192.0.2.1:4750, or [2001:db8::1]:4750 with brackets.',
    );
  }
  return { host, port };
}

function notMetadata(endpoint: Endpoint, given: Given): Endpoint {
  if (!holdsMetadata(endpoint, endpoint.family === 4 ? 32 : 128)) return endpoint;
  throw wrong(
    'egress/metadata',
    given,
    'is the metadata service of a cloud, or leads to it',
    "It gives the machine's credentials to anyone who can reach it, and these rules exist to block it.",
    'Remove it, and give the application its own credentials. Its port 53 may be allowed with --resolver.',
  );
}
