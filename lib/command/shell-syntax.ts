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
 * What a shell would have read in a word that a programmer wrote, or undefined. Wildcards, braces and parentheses are let through: programs
 * read them too, such as `*.ts` and `stash@{1}` in git.
 */
export function shellSyntax(word: string): string | undefined {
  return signs.find(([pattern]) => pattern.test(word))?.[1];
}
