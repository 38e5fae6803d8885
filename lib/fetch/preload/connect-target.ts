/** Where a call of `Socket.prototype.connect` goes, with every value read once: what is decided is what is dialled. */
export interface ConnectTarget {
  readonly options: object;
  readonly done: unknown;
  /** Set for a Unix socket or a named pipe, and then nothing else of this counts. */
  readonly path: unknown;
  readonly host: unknown;
  readonly port: unknown;
  readonly lookup: unknown;
}

interface ConnectOptions {
  readonly host?: unknown;
  readonly port?: unknown;
  readonly path?: unknown;
  readonly lookup?: unknown;
}

/** Reads the arguments as `node:net` does: `(options, cb)`, `(port, host, cb)`, `(path, cb)`, or what it made of them. */
export function readConnectTarget(args: readonly unknown[]): ConnectTarget {
  const [options, done] = isNormalized(args[0]) ? args[0] : normalize(args);
  const { path, host, port, lookup } = options as ConnectOptions;
  return { options, done, path: path || undefined, host: host || 'localhost', port, lookup };
}

/** `net.connect` hands its arguments on as an array that it marks with a symbol of its own. */
function isNormalized(value: unknown): value is [object, unknown] {
  return (
    Array.isArray(value) &&
    typeof value[0] === 'object' &&
    value[0] !== null &&
    Object.getOwnPropertySymbols(value).some(({ description }) => description === 'normalizedArgs')
  );
}

function normalize(args: readonly unknown[]): [object, unknown] {
  const [first, second] = args;
  const last = args.at(-1);
  const done = typeof last === 'function' ? last : undefined;
  if (args.length === 0) return [{}, undefined];
  if (typeof first === 'object' && first !== null) return [first, done];
  if (typeof first === 'string' && !(Number(first) >= 0)) return [{ path: first }, done];
  return [typeof second === 'string' ? { port: first, host: second } : { port: first }, done];
}

/** The number of a port that `node:net` takes; undefined for what it throws at. */
export function portNumber(port: unknown): number | undefined {
  if (typeof port === 'string' ? port.trim() === '' : typeof port !== 'number') return undefined;
  const number = Number(port);
  return Number.isInteger(number) && number >= 0 && number <= 65_535 ? number : undefined;
}
