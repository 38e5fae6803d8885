import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { formatAddress, parseAddress } from '../address/address.ts';
import { fieldAt, invalidAt, readFields, readList, readText, readWhole } from './config/config-fields.ts';
import { readConfigFile } from './config/config-file.ts';
import { type Limits, parseLimits } from './config/limits.ts';
import { isLoopback } from './origin/is-loopback.ts';
import { isOwnAddress } from './origin/own-address.ts';
import { parseRole, type Role } from './role/role.ts';

/** A configuration that was checked, with the files that it names. */
export interface GatewaySettings {
  readonly listen: Endpoint;
  readonly tls: TlsMaterial | undefined;
  readonly admin: Endpoint | undefined;
  /** Undefined: standard output. */
  readonly logFile: string | undefined;
  readonly limits: Limits;
  readonly roles: readonly Role[];
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface TlsMaterial {
  readonly key: Buffer;
  readonly cert: Buffer;
  readonly clientCa: Buffer | undefined;
}

/** @throws {Misuse} `gateway/invalid-config`, with the place of the value */
export function parseGatewayConfig(given: unknown, folder: string): GatewaySettings {
  const config = readFields(given, '', ['listen', 'admin', 'log', 'limits', 'roles']);
  const listen = readFields(config['listen'] ?? {}, 'listen', ['host', 'port', 'tls']);
  const limits = parseLimits(config['limits'] ?? {});
  const roles = readList(config['roles'], 'roles', 1_000).map((role, index) =>
    parseRole(role, `roles[${index}]`, folder, limits),
  );
  const settings: GatewaySettings = Object.freeze({
    listen: parseEndpoint(listen, 'listen', 4750),
    tls: listen['tls'] === undefined ? undefined : parseTls(listen['tls'], folder),
    admin:
      config['admin'] === undefined
        ? undefined
        : parseEndpoint(readFields(config['admin'], 'admin', ['host', 'port']), 'admin'),
    logFile: parseLog(config['log'] ?? 'stdout', folder),
    limits,
    roles: Object.freeze(roles),
  });
  checkRoles(settings);
  checkPorts(settings);
  return settings;
}

function parseEndpoint(given: Readonly<Record<string, unknown>>, place: string, usual?: number): Endpoint {
  const host = readText(given['host'] ?? '127.0.0.1', fieldAt(place, 'host'));
  const address = parseAddress(host.replace(/^\[(.*)\]$/, '$1'));
  // A name may stand for several addresses, and for others tomorrow.
  if (address === undefined) {
    throw invalidAt(fieldAt(place, 'host'), 'This is an address: 127.0.0.1, ::1, 0.0.0.0.');
  }
  return Object.freeze({
    host: formatAddress(address),
    port: readWhole(given['port'] ?? usual, fieldAt(place, 'port'), 0, 65_535),
  });
}

function parseTls(given: unknown, folder: string): TlsMaterial {
  const fields = readFields(given, 'listen.tls', ['key', 'cert', 'clientCa']);
  const read = (name: string): Buffer => {
    const place = fieldAt('listen.tls', name);
    return readConfigFile(readText(fields[name], place), place, folder);
  };
  const clientCa = fields['clientCa'] === undefined ? undefined : read('clientCa');
  const tls = { key: read('key'), cert: read('cert'), clientCa };
  try {
    createSecureContext({ key: tls.key, cert: tls.cert });
  } catch (error) {
    throw invalidAt('listen.tls', `Key and certificate cannot be used: ${(error as Error).message}.`);
  }
  try {
    // OpenSSL takes a file without a certificate, and then knows no authority.
    if (clientCa) new X509Certificate(clientCa);
  } catch {
    throw invalidAt('listen.tls.clientCa', 'The file holds no certificate in PEM.');
  }
  return Object.freeze(tls);
}

function parseLog(given: unknown, folder: string): string | undefined {
  if (given === 'stdout') return undefined;
  if (typeof given === 'string') throw invalidAt('log', 'This is stdout, or { file: path }.');
  const file = resolve(folder, readText(readFields(given, 'log', ['file'])['file'], 'log.file'));
  // Its folder may be made later, and it may be a pipe; but nothing is ever written to a folder.
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw invalidAt('log.file', 'This is a folder, and not a file.');
  return file;
}

/** What no role can know alone: who has which, and whether a stranger could reach the port. */
function checkRoles({ roles, listen, tls }: GatewaySettings): void {
  if (roles.length === 0) throw invalidAt('roles', 'At least one role is needed, as nobody else is served.');
  unique(
    roles.map(({ name }) => name),
    'name',
  );
  unique(
    roles.flatMap(({ credentials }) => credentials.map(({ user }) => user)),
    'user',
  );
  unique(
    roles.flatMap(({ certificates }) => certificates.map(({ by, value }) => `${by} ${value}`)),
    'certificate',
  );
  const nameless = roles.filter(({ anonymous }) => anonymous);
  if (nameless.length > 1) throw invalidAt('roles', 'One role at most is anonymous.');
  const [open] = nameless;
  if (open && !isLoopback(listen.host)) {
    throw invalidAt(
      `roles[${roles.indexOf(open)}].anonymous`,
      `Without authentication the gateway listens on loopback alone, not on ${listen.host}.`,
      'Listen on 127.0.0.1 or ::1, or give the role credentials or certificates.',
    );
  }
  const shown = roles.findIndex(({ certificates }) => certificates.length > 0);
  if (shown !== -1 && !tls?.clientCa) {
    throw invalidAt(`roles[${shown}].certificates`, 'Certificates of clients need listen.tls.clientCa.');
  }
}

/** Two servers cannot have one port, and a role whose proxy is the gateway itself would open round after round. */
function checkPorts({ listen, admin, roles }: GatewaySettings): void {
  if (admin && sharesPort(listen, admin)) throw invalidAt('admin.port', 'This is the port of clients.');
  roles.forEach(({ policy: { proxy } }, index) => {
    if (!proxy) return;
    const hosts = /^localhost\.?$/i.test(proxy.host) ? ['127.0.0.1', '::1'] : [proxy.host];
    const loops = hosts.some((host) =>
      [listen, admin].some((own) => own && leadsTo({ host, port: proxy.port }, own)),
    );
    if (loops) throw invalidAt(`roles[${index}].proxy`, 'This is the gateway itself.');
  });
}

const everywhere = ['0.0.0.0', '::'];

function sharesPort(a: Endpoint, b: Endpoint): boolean {
  if (a.port !== b.port || a.port === 0) return false;
  return a.host === b.host || everywhere.includes(a.host) || everywhere.includes(b.host);
}

function leadsTo({ host, port }: Endpoint, own: Endpoint): boolean {
  const address = parseAddress(host);
  if (port !== own.port || address === undefined) return false;
  return everywhere.includes(own.host) ? isOwnAddress(host) : address === parseAddress(own.host);
}

function unique(values: readonly string[], what: string): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined)
    throw invalidAt('roles', `The ${what} ${JSON.stringify(twice)} stands here twice.`);
}
