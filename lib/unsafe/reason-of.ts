import { knownOptions } from '../internal/known-options.ts';
/**
 * The reason that the options themselves hold: one of a prototype may come from pollution.
 *
 * @param others the names of the other options that there are
 * @throws Misuse `bulwark/invalid-option` for any other option
 */
export function reasonOf(
  options: { readonly because: string },
  others: readonly string[] = [],
): string | undefined {
  if (typeof options !== 'object' || options === null) return undefined;
  const { because } = knownOptions(options, ['because', ...(others as 'because'[])]);
  return typeof because === 'string' && because.trim().length >= 10 ? because : undefined;
}
