import dns from 'node:dns';
import net from 'node:net';
import { promisify } from 'node:util';
import { canaryFor, type Network } from './network.ts';

type Address = { address: string; family: number };
type LookupCallback = (error: Error | null, address?: string | Address[], family?: number) => void;
type Lookup = (host: string, options: object, callback: LookupCallback) => void;

/**
 * Closes this process's network: every outbound socket goes to one of the lab's canaries or nowhere, and every name is
 * answered by the lab's table. It lies beneath any HTTP client, and beneath any guard, so that both see what they would
 * see on a real network: the name, its addresses, and a socket that says it is connected to one of them.
 *
 * @param allow the one real address that may be reached, for a database server
 */
export function confine(network: Network, allow?: { readonly host: string; readonly port: number }): void {
  const connect = net.Socket.prototype.connect;
  const realLookup = dns.lookup as unknown as Lookup;

  function lookup(host: string, options: unknown, callback?: LookupCallback): void {
    const done = (callback ?? options) as LookupCallback;
    const all = typeof options === 'object' && options !== null && 'all' in options && options.all === true;
    const family = net.isIP(host);
    const answers = family > 0 ? [host] : network.names[host.toLowerCase().replace(/\.$/, '')];
    if (host === allow?.host) {
      realLookup(host, typeof options === 'object' && options ? options : {}, done);
      return;
    }
    process.nextTick(() => {
      if (!answers) {
        done(
          Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
            code: 'ENOTFOUND',
            syscall: 'getaddrinfo',
            hostname: host,
          }),
        );
        return;
      }
      const list = answers.map((address) => ({ address, family: net.isIP(address) }));
      if (all) done(null, list);
      else done(null, list[0]?.address, list[0]?.family);
    });
  }

  function refused(address: string, port: number): Error {
    return Object.assign(new Error(`connect ECONNREFUSED ${address}:${port}`), {
      code: 'ECONNREFUSED',
      address,
      port,
    });
  }

  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    const options = optionsOf(args);
    if (typeof options.path === 'string') {
      process.nextTick(() => this.destroy(refused(options.path ?? '', 0)));
      return this;
    }
    const host = options.host ?? 'localhost';
    const port = Number(options.port);
    if (allow && host === allow.host && port === allow.port) return Reflect.apply(connect, this, args);

    const listener = args.at(-1);
    if (typeof listener === 'function') this.once('connect', listener as () => void);
    const to = (address: string): void => {
      const canary = canaryFor(address, port);
      if (!canary) {
        this.destroy(refused(address, port));
        return;
      }
      Object.defineProperty(this, 'remoteAddress', { get: () => address, configurable: true });
      Object.defineProperty(this, 'remotePort', { get: () => port, configurable: true });
      Reflect.apply(connect, this, [{ host: '127.0.0.1', port: network.ports[canary] }]);
    };
    if (net.isIP(host) > 0) {
      to(host);
      return this;
    }
    (this as { connecting: boolean }).connecting = true;
    const resolve = (options.lookup ?? lookup) as Lookup;
    resolve(host, { all: true }, (error, answers) => {
      if (this.destroyed) return;
      const list = Array.isArray(answers) ? answers.map(({ address }) => address) : answers ? [answers] : [];
      const first = list.find((address) => canaryFor(address, port)) ?? list[0];
      if (error || first === undefined) this.destroy(error ?? refused(host, port));
      else to(first);
    });
    return this;
  } as typeof connect;

  dns.lookup = lookup as unknown as typeof dns.lookup;
  dns.promises.lookup = promisify(lookup) as unknown as typeof dns.promises.lookup;
}

interface ConnectOptions {
  readonly host?: string;
  readonly port?: number | string;
  readonly path?: string;
  readonly lookup?: unknown;
}

/** `connect(options)`, `connect(port, host)`, `connect(path)`, and the array that node:net passes to itself. */
function optionsOf(args: readonly unknown[]): ConnectOptions {
  const first = args[0];
  if (Array.isArray(first)) return optionsOf(first);
  if (typeof first === 'object' && first !== null) return first;
  if (typeof first === 'number' || /^\d+$/.test(String(first))) {
    return { port: Number(first), ...(typeof args[1] === 'string' && { host: args[1] }) };
  }
  return { path: String(first) };
}
