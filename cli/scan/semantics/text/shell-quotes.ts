import { type Kinds, kinds, shellQuoted } from '../../dataflow/domain/kinds.ts';

/**
 * The sink kinds that a part of a shell command is clean for, where `before` precedes it. Quoting makes the part one word,
 * except inside other quotes: in `'echo "' + quote(x) + '"'`, the added quotes are literal, and the shell runs `$(...)`.
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
