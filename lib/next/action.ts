import { Misuse } from '../refusal/misuse.ts';
import { runRequest } from '../request/context.ts';
import { admit } from '../web/admit.ts';
import { prepare } from './answering.ts';
import { runAnswering } from './current-session.ts';
import type { NextOptions } from './next-options.ts';
import { reported } from './served-request.ts';
import { serverRequest } from './server-request.ts';

/**
 * Defends a server action: the rate limit, the session and the CSRF check run before it. The origin of the request is compared with
 * `origin`, not with what a proxy makes of `Host`.
 *
 * Next.js decodes the arguments before, and limits their size to 1 MB. They are what the client sent, whatever their type says: validate
 * them.
 *
 * @returns a function that rejects with the refusal. Next.js answers it with 500, or, behind the server of `bulwark/next/server`, with
 * its status, and shows the client nothing of it
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { action, currentSession } from 'bulwark/next';
 * import { memoryStore, sessions } from 'bulwark/session';
 *
 * const options = { origin: 'https://shop.example.com', session: sessions({ store: memoryStore() }) };
 *
 * export const logOut = action(async () => {
 *   await currentSession().logOut();
 * }, options);
 * ```
 */
export function action<Args extends unknown[], T>(
  work: (...args: Args) => T | Promise<T>,
  options: NextOptions,
): (...args: Args) => Promise<T> {
  if (typeof work !== 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'Pass the function first: action(async () => { ... }, options).',
    );
  }
  const known = prepare(options);

  return async function bulwarkAction(...args) {
    const { request, start, cookies, guards, connection } = await serverRequest(known, 'POST');
    return runRequest({ ...start, inputs: () => ({ args }) }, () =>
      reported(async () => {
        if (guards) {
          await admit(
            { ...guards, cors: undefined, reportPath: undefined },
            {
              ...{ request, connection, cookies },
              setHeader: () => undefined,
              formField: async (name) => fieldIn(args, name),
            },
          );
        }
        return runAnswering({ request, session: guards?.session, limits: known.limits }, () => work(...args));
      }),
    );
  };
}

/** A form without scripts sends its fields as the last argument. */
function fieldIn(args: readonly unknown[], name: string): string | undefined {
  const form = args.findLast((arg): arg is FormData => arg instanceof FormData);
  const values = form?.getAll(name) ?? [];
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : undefined;
}
