import { readDeclarations } from './css-declarations.ts';
import { allowedCssValue, type CssGrammar } from './css-value.ts';

/**
 * The declarations that are allowed, written anew: nothing of the attribute's own text but words that the grammar
 * knows. Undefined where none is left.
 *
 * @param refused is called with the name of each property that was left out
 */
export function allowedStyle(
  style: string,
  grammars: ReadonlyMap<string, CssGrammar>,
  refused: (name: string) => void,
): string | undefined {
  // The last declaration of a property is the one that counts.
  const kept = new Map<string, string>();
  for (const { name, value } of readDeclarations(style)) {
    const grammar = grammars.get(name);
    const allowed = grammar && allowedCssValue(value, grammar);
    if (allowed === undefined) refused(name);
    else {
      // It counts where it stands, beside longer and shorter names (`margin`, `margin-top`).
      kept.delete(name);
      kept.set(name, allowed);
    }
  }
  return kept.size === 0 ? undefined : [...kept].map(([name, value]) => `${name}: ${value}`).join('; ');
}
