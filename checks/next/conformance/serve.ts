import { withBulwark } from '../../../lib/next/index.ts';
import { type Handler, handlers } from './handlers.ts';
import { options } from './world.ts';

/** The handler of a route. It is defended at its first request, as the build has no options yet. */
export function serve(route: string, own?: Handler): Handler {
  const handler = own ?? handlers[route];
  if (handler === undefined) throw new Error(`There is no handler for ${route}.`);
  let defended: ReturnType<typeof withBulwark> | undefined;
  return (request, context) => {
    defended ??= withBulwark(handler, options());
    return defended(request, context);
  };
}
