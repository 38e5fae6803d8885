/** Module hooks (node:module, `register`): resolve one module to another inside the defended application. */
import type { InitializeHook, ResolveHook } from 'node:module';
import type { Replacement } from './replacement.ts';

let replacements: readonly Replacement[] = [];

export const initialize: InitializeHook<readonly Replacement[]> = (data) => {
  replacements = data;
};

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const within = context.parentURL?.includes('/defended/') === true;
  const bare = within ? replacements.find(({ from }) => from === specifier) : undefined;
  if (bare) return nextResolve(bare.to, context);
  const resolved = await nextResolve(specifier, context);
  const swapped = within ? replacements.find(({ from }) => resolved.url.split('?')[0] === from) : undefined;
  return swapped ? nextResolve(swapped.to, context) : resolved;
};
