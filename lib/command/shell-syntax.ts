const signs: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/['"`]/, 'a quote'],
  [/\$[A-Za-z_{(]/, 'a variable or substitution'],
  [/[|]/, 'a pipe'],
  [/[<>]/, 'a redirection'],
  [/^&$|&&/, 'an ampersand'],
  [/;$/, 'a semicolon'],
  [/^~(?:\/|$)/, 'a tilde'],
];

/**
 * The shell syntax in a programmer's word, or undefined. Wildcards, braces and parentheses are accepted, because programs read them too: `*.ts`
 * and `stash@{1}` in git.
 */
export function shellSyntax(word: string): string | undefined {
  return signs.find(([pattern]) => pattern.test(word))?.[1];
}
