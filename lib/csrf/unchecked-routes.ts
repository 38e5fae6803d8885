import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { UncheckedRoute } from './csrf-options.ts';
import { readPatterns } from './paths.ts';

/**
 * @returns the paths
 * @throws Misuse `bulwark/invalid-option` for a route without a reason, or one that would be all routes
 */
export function readUnchecked(option: unknown): readonly string[] {
  if (option === undefined) return [];
  if (!Array.isArray(option)) {
    throw new Misuse('bulwark/invalid-option', 'allowUnchecked takes a list of { path, because }.');
  }
  return readPatterns(
    'allowUnchecked',
    option.map((route: UncheckedRoute) => {
      const { path, because } = knownOptions(route, ['path', 'because']);
      if (typeof because !== 'string' || because.trim().length < 8) {
        throw new Misuse(
          'bulwark/invalid-option',
          'Each route in allowUnchecked says why it needs no check: `because`, at least 8 characters.',
        );
      }
      if (path === '/*') {
        throw new Misuse(
          'bulwark/invalid-option',
          "allowUnchecked does not take '/*'. To check nothing, remove the guard.",
        );
      }
      return path;
    }),
  );
}
