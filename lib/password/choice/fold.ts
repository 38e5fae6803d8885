/** What people write for letters, and letters that look alike. The list of common passwords is folded in the same way. */
const alike: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ '@': 'a', '4': 'a', '8': 'b', '3': 'e', '6': 'g', '9': 'g', '1': 'i', '!': 'i', '|': 'i', l: 'i' },
    ...{ '0': 'o', '5': 's', $: 's', '7': 't', '+': 't', '2': 'z' },
  }),
);

/** Of lower-case text: a character for each character, so that places stay comparable. */
export function fold(lower: string): string {
  let folded = '';
  for (const character of lower) folded += alike.get(character) ?? character;
  return folded;
}
