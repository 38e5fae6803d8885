import { decodeName } from './decode-name.ts';
import type { BadPart, PartHead } from './part-head.ts';
import { type Parameters, readParameters } from './read-parameters.ts';
import type { HeaderLimits } from './split-parts.ts';

type Headers = Readonly<Record<string, readonly string[]>>;

const once = ['content-disposition', 'content-type', 'content-transfer-encoding'] as const;
/** Encodings that leave the bytes as they are. RFC 7578, section 4.7, deprecates the others. */
const plainEncodings: ReadonlySet<string> = new Set(['7bit', '8bit', 'binary']);
const utf8Names: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);
/** The encoding that Apache's HttpClient declares for every text, whatever it contains. */
const asciiNames: ReadonlySet<string> = new Set(['iso-8859-1', 'windows-1252']);

/** Parses a part's headers strictly: whatever two programs could read differently is refused. */
export function judgePart(headers: Headers, limits: HeaderLimits): PartHead | BadPart {
  if (isOverLimit(headers, limits)) return { bad: 'A part has too many headers, or too large ones.' };
  for (const name of once) {
    if ((headers[name]?.length ?? 0) > 1) return { bad: 'A part has a header twice.' };
  }
  const disposition = readParameters(headers['content-disposition']?.[0] ?? '');
  if (disposition === undefined) return { bad: 'A part has no valid Content-Disposition.' };
  if (disposition.value !== 'form-data') return { bad: 'A part is not form-data.' };
  const encoding = headers['content-transfer-encoding']?.[0]?.trim().toLowerCase();
  if (encoding !== undefined && !plainEncodings.has(encoding)) {
    return { bad: 'A part has a Content-Transfer-Encoding.' };
  }
  const type = headers['content-type']?.[0];
  if (type !== undefined && /^\s*multipart\//i.test(type)) return { bad: 'A part is multipart itself.' };
  const head = namesOf(disposition);
  if ('bad' in head || head.fileName !== undefined || type === undefined) return head;
  const charset = readParameters(type)?.parameters.get('charset')?.toLowerCase();
  if (charset !== undefined && asciiNames.has(charset)) return { ...head, isAscii: true };
  return charset === undefined || utf8Names.has(charset)
    ? head
    : { bad: 'A text field is in another encoding than UTF-8.' };
}

function isOverLimit(headers: Headers, { maxHeaders, maxHeaderBytes }: HeaderLimits): boolean {
  let count = 0;
  let bytes = 0;
  for (const [name, values] of Object.entries(headers)) {
    count += values.length;
    for (const value of values) bytes += name.length + value.length + 4;
  }
  // The block was cut at the limit, so the rest of it counts as full.
  return count > maxHeaders || bytes >= maxHeaderBytes;
}

function namesOf({ parameters }: Parameters): PartHead | BadPart {
  for (const name of parameters.keys()) {
    if (name.includes('*') && name !== 'filename*') return { bad: 'A parameter is split or encoded.' };
  }
  const field = decodeName(parameters.get('name') ?? '');
  if (field === '') return { bad: 'A part has no name.' };
  const plain = parameters.get('filename');
  const encoded = parameters.get('filename*');
  const fileName = plain === undefined ? undefined : decodeName(plain);
  if (hasControls(field) || hasControls(fileName ?? '')) return { bad: 'A name has control characters.' };
  if (encoded === undefined) return { field, fileName };
  const extended = decodeExtended(encoded);
  if (extended === undefined || hasControls(extended))
    return { bad: 'A file name is not encoded correctly.' };
  // Some clients send both. If the name isn't ASCII, the plain one has an encoding of emails (.NET) or URLs (aiohttp).
  if (
    fileName !== undefined &&
    !fileName.startsWith('=?') &&
    ![fileName, percentDecoded(fileName)].includes(extended)
  ) {
    return { bad: 'A part has two different file names.' };
  }
  return { field, fileName: extended };
}

/** RFC 5987: `UTF-8''%e2%82%ac.png`. */
function decodeExtended(value: string): string | undefined {
  const encoded = /^utf-8'[\w-]*'((?:[\w!#$&+.^`|~-]|%[\da-f]{2})*)$/i.exec(value)?.[1];
  return encoded === undefined ? undefined : percentDecoded(encoded);
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  return /[\0-\x1f\x7f]/.test(text);
}
