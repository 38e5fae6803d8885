import { Misuse } from '../refusal/misuse.ts';
import { runRequest } from '../request/context.ts';
import { admit } from '../web/admit.ts';
import { prepare } from './answering.ts';
import { runAnswering } from './current-session.ts';
import type { NextOptions } from './next-options.ts';
import { reported } from './served-request.ts';
import { serverRequest } from './server-request.ts';

/** What a page gets beside its properties. */
export interface PageFacts {
  /** For scripts of your own: `<script nonce={nonce}>`. Next.js puts it on its scripts itself. Undefined where neither proxy nor server ran. */
  readonly nonce: string | undefined;
}

/**
 * Defends a page, layout or other server component: the rate limit and the session run before it. It reads headers, so Next.js
 * renders it for each request. What renders below it has `currentRequest()` only behind the server of `bulwark/next/server`: pass on
 * what it needs.
 *
 * @returns a component that throws the refusal. Next.js shows its error page, with status 500 or, behind the server, the refusal's status
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { currentSession, page } from 'bulwark/next';
 * import { memoryStore, sessions } from 'bulwark/session';
 *
 * const options = { origin: 'https://shop.example.com', session: sessions({ store: memoryStore() }) };
 *
 * export default page(() => `Hello ${currentSession().user ?? 'visitor'}`, options);
 * ```
 */
export function page<Props, Node>(
  component: (props: Props, facts: PageFacts) => Node | Promise<Node>,
  options: NextOptions,
): (props: Props) => Promise<Node> {
  if (typeof component !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'Pass the component first: page((props) => ..., options).');
  }
  const known = prepare(options);

  return async function defendedPage(props) {
    const { request, start, cookies, guards, connection } = await serverRequest(known);
    const reading = { ...request, method: 'GET' };
    return runRequest(start, () =>
      reported(async () => {
        if (!/^(?:GET|HEAD|POST)$/.test(request.method ?? '')) {
          throw Object.assign(new Error('A page has no such method.'), { status: 405, expose: true });
        }
        if (guards) {
          await admit(
            { ...guards, cors: undefined },
            {
              // A page is read. The action of a POST has its own check, which sees the form.
              ...{ request: reading, connection, cookies },
              setHeader: () => undefined,
              formField: async () => undefined,
            },
          );
        }
        return runAnswering({ request: reading, session: guards?.session, limits: known.limits }, () =>
          component(props, { nonce: start.nonce }),
        );
      }),
    );
  };
}
