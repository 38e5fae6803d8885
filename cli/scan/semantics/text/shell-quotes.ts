import { type Kinds, kinds, shellQuoted } from '../../dataflow/domain/kinds.ts';

/**
 * What was quoted for a shell is one word there, but not inside of other quotes: in `'echo "' + quote(x)
 * + '"'` its own quotes are text, and `$(...)` in it is run.
 */
export function inShellText(clean: Kinds, before: string): Kinds {
  if (!clean.meets(shellQuoted) || !hasOpenQuote(before)) return clean;
  return clean.without(shellQuoted.union(kinds('command')));
}

function hasOpenQuote(text: string): boolean {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '\\' && quote !== "'") i++;
    else if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
  }
  return quote !== '';
}
