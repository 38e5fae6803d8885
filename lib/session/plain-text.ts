const longestText = 256;

/** What every store can keep, from a header: PostgreSQL takes no NUL. */
export function plainText(text: string | undefined): string | undefined {
  const plain = text
    ?.slice(0, longestText)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim();
  return plain === '' ? undefined : plain;
}
