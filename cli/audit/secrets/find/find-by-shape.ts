import { allKinds } from '../kinds/all-kinds.ts';
import type { SecretKind } from '../kinds/secret-kind.ts';
import { isEnd, isStart } from './boundary.ts';
import type { FoundSecret } from './found-secret.ts';
import { keywordSearch } from './keyword-search.ts';
import { isMadeUp } from './made-up.ts';

const keywords = [...new Set(allKinds.flatMap((kind) => kind.keywords))];
const kindsOf = keywords.map((keyword) => allKinds.filter((kind) => kind.keywords.includes(keyword)));
const search = keywordSearch(keywords);

/** Secrets that are told by their shape, in one pass over the bytes. At most `most` of them. */
export function findByShape(bytes: Buffer, most: number): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  // Most files have none of the keywords.
  let decoded: string | undefined;
  search.search(bytes, (keyword, at) => {
    decoded ??= bytes.toString('latin1');
    const text = decoded;
    for (const kind of kindsOf[keyword] as readonly SecretKind[]) {
      const secret = matchAt(kind, text, at);
      if (secret !== undefined && !found.some((one) => one.at < secret.end && secret.at < one.end))
        found.push(secret);
    }
    return found.length < most;
  });
  return found;
}

function matchAt(kind: SecretKind, text: string, keyword: number): FoundSecret | undefined {
  const first = kind.before === undefined ? keyword : Math.max(0, keyword - kind.before);
  for (let start = first; start <= keyword; start++) {
    if (!isStart(text, start)) continue;
    kind.pattern.lastIndex = start;
    const match = kind.pattern.exec(text);
    if (match === null) continue;
    const end = start + match[0].length;
    if (end <= keyword || (kind.isOpen !== true && !isEnd(text, end))) continue;
    const value = match[1] ?? match[0];
    const at = start + match[0].lastIndexOf(value);
    if (isMadeUp(value)) return undefined;
    const doubt = doubtOf(kind, value);
    const { id, title } = kind;
    return { kind: id, title, value, at, end: at + value.length, ...(doubt === undefined ? {} : { doubt }) };
  }
  return undefined;
}

function doubtOf({ doubt, isIssued }: SecretKind, value: string): string | undefined {
  return isIssued === undefined || isIssued(value) ? doubt : 'its checksum is wrong';
}
