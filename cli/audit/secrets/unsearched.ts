import { visible } from '../../finding/visible.ts';

/** What is larger holds data. */
export const mostBytes: number = 20_000_000;

const archive =
  /\.(?:zip|gz|tgz|bz2|xz|zst|lz4|7z|rar|jar|war|ear|aar|apk|ipa|whl|egg|nupkg|docx|xlsx|pptx|odt|p12|pfx|jks|keystore|kdbx|dmg|iso)$/i;

/** Why a file is not searched, as a sentence: its bytes are packed, or too many. */
export function unsearched(path: string, size: number): string | undefined {
  if (size > mostBytes) return `A file is larger than 20 MB and was not searched: ${visible(path)}.`;
  return archive.test(path) ? `An archive or a store of keys was not opened: ${visible(path)}.` : undefined;
}
