import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { currentInputs } from '../../request/context.ts';
import { createInspector, type Inspector } from '../guard/create-inspector.ts';
import type { GuardOptions } from '../guard/guard-options.ts';
import { madeByTag } from './for-postgres.ts';

type Call = (...args: unknown[]) => unknown;

/**
 * Returns a guarded client of postgres.js. It refuses `unsafe(text)` if data from the current request is more than a value in the
 * text, or if the text has several statements. It refuses an object as a value, and the helper `sql(object)` without
 * columns for an object from the request, because the client would choose which columns are written. It throws the `Refusal`. The
 * inner clients of `begin`, `savepoint` and `reserve` are guarded too.
 *
 * @returns another function that does the same; the original client is not guarded
 * @throws Misuse `bulwark/invalid-option`, `bulwark/report-without-end`
 *
 * @example
 * ```ts
 * import { guardPostgres } from 'bulwark/sql/postgres';
 * import postgres from 'postgres';
 *
 * declare const req: { body: { name: string } };
 * const sql = guardPostgres(postgres());
 * await sql`insert into users ${sql(req.body, 'name')}`;
 * await sql`insert into users ${sql(req.body)}`; // Refusal sql/object-parameter
 * ```
 */
export function guardPostgres<T extends object>(sql: T, options: GuardOptions = {}): T {
  if (typeof sql !== 'function' || typeof (sql as { unsafe?: unknown }).unsafe !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'The first argument is a client of postgres.js.');
  }
  return guarded(sql, createInspector('postgres', options));
}

const proxies = new WeakSet<object>();

function guarded<T extends object>(sql: T, inspector: Inspector): T {
  if (proxies.has(sql)) return sql;
  const proxy: T = new Proxy(sql, {
    apply(target, self, args) {
      inspectTag(inspector, args);
      return Reflect.apply(target as Call, self, args);
    },
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      const make =
        typeof method === 'function' && Object.hasOwn(methods, name) ? methods[name as string] : undefined;
      return make ? make(method as Call, inspector) : method;
    },
  });
  proxies.add(proxy);
  return proxy;
}

const inner = (fn: unknown, inspector: Inspector): unknown =>
  typeof fn === 'function'
    ? (sql: object, ...rest: unknown[]) => (fn as Call)(guarded(sql, inspector), ...rest)
    : fn;

const scoped = (method: Call, inspector: Inspector): Call => {
  return (...args) => method(...args.map((arg) => inner(arg, inspector)));
};

const methods: Readonly<Record<string, (method: Call, inspector: Inspector) => Call>> = {
  unsafe:
    (method, inspector) =>
    (...args) => {
      if (madeByTag.has(args[2] as object)) return method(...args);
      const denied = inspector.inspect(args[0], Array.isArray(args[1]) ? args[1] : []);
      if (denied) refuse(denied);
      return method(...args);
    },
  begin: scoped,
  savepoint: scoped,
  reserve:
    (method, inspector) =>
    async (...args) =>
      guarded((await method(...args)) as object, inspector),
};

/** The tag's own text is the developer's; what stands in its holes is inspected. */
function inspectTag(inspector: Inspector, [first, ...rest]: readonly unknown[]): void {
  if (typeof first !== 'object' || first === null) return;
  if (Array.isArray((first as { raw?: unknown }).raw)) {
    const denied = inspector.inspect('', rest);
    if (denied) refuse(denied);
    return;
  }
  // As a list of columns or of values its text is quoted; only an object says which columns there are.
  const record: unknown = Array.isArray(first) ? first.find((item) => typeof item === 'object') : first;
  if (rest.length > 0 || typeof record !== 'object' || record === null) return;
  if (!currentInputs()?.objects.has(record)) return;
  const keys = Object.keys(record).slice(0, 5).join(', ');
  const denied = deny('sql/object-parameter', { statement: '', type: 'object', keys, value: 1 });
  const settled = inspector.settle(denied);
  if (settled) refuse(settled);
}
