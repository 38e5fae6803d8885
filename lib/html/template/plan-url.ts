import { quickTexts } from '../values/quick-url.ts';
import { bitmapStart, linkSchemes, runningScheme } from '../values/safe-url.ts';
import { decodeReferences } from './decode-references.ts';
import type { Attribute } from './read-tag.ts';
import { hole, templateMisuse } from './template-misuse.ts';
import type { UrlPlan, UrlPosition } from './url-plan.ts';

export function urlPlan(
  source: string,
  attribute: Pick<Attribute, 'valueStart' | 'valueEnd'>,
  firstIndex: number,
  place: string,
  image: boolean,
): UrlPlan {
  const raw = source.slice(attribute.valueStart, attribute.valueEnd).split(hole);
  const plan = planUrl(raw.map(decodeReferences), firstIndex, place, image);
  if (typeof plan !== 'number') return plan;
  const at = raw.slice(0, plan + 1).join(hole).length;
  const before = raw
    .slice(0, plan + 1)
    .map(decodeReferences)
    .join(hole);
  throw templateMisuse('html/unsafe-url-prefix', source, attribute.valueStart + at, prefixFix(before));
}

function prefixFix(before: string): string | undefined {
  const found = /^\s*([a-z][a-z0-9+.-]*):/i.exec(before)?.[1]?.toLowerCase();
  if (found === undefined || linkSchemes.has(found)) return undefined;
  if (found === 'data')
    return `Build the URL of an image in one value: src="\${\`data:image/png;base64,\${content}\`}".`;
  if (runningScheme.test(before.trim())) {
    return `No value makes ${found}: safe. Put the value into data-value="\${...}", and read it from a script.`;
  }
  return `Give the whole attribute one SafeUrl: href="\${safeUrl\`${found}:\${...}\`}".`;
}

/**
 * @param decoded static text and holes in turn, text first and last
 * @returns the number, from 0, of a hole that no value makes safe, where there is one
 */
export function planUrl(
  decoded: readonly string[],
  firstIndex: number,
  place: string,
  image: boolean,
): UrlPlan | number {
  // What URL parsers strip (URL standard, 4.4: C0 controls and spaces at both ends, tabs and newlines anywhere).
  const texts = decoded.map((text) => text.replace(/[\t\n\r]/g, ''));
  texts[0] = (texts[0] as string).replace(/^[\0- ]+/, '');
  texts[texts.length - 1] = trimmedEnd(texts.at(-1) as string);
  const holes: { index: number; position: UrlPosition }[] = [];
  for (let i = 0; i < texts.length - 1; i++) {
    const before = texts.slice(0, i + 1).join(hole);
    const after = texts.slice(i + 1).join(hole);
    const position = positionOf(before, after, image);
    if (!position) return i;
    holes.push({ index: firstIndex + i, position });
  }
  const plan: UrlPlan = { place, image, texts, holes, shape: texts.join('x'), quick: undefined };
  return { ...plan, quick: quickTexts(plan) };
}

function trimmedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(0, end);
}

const special = /^https?:/i;
const scheme = /^[a-z][a-z0-9+.-]*:/i;

/** Undefined where no value could make the URL safe. */
function positionOf(before: string, after: string, image: boolean): UrlPosition | undefined {
  if (/^\0*$/.test(before)) return 'start';
  const afterAuthority: UrlPosition = /\?/.test(before) && /[?&]$/.test(before) ? 'query' : 'part';
  if (before.startsWith(hole)) return afterAuthority;
  if (image && bitmapStart.exec(before)?.[0] === before) return 'base64';
  const found = scheme.exec(before)?.[0];
  if (found && /^(?:mailto|tel):$/i.test(found)) return before.includes('?') ? 'part' : 'address';
  if (found && !special.test(found)) return undefined;
  const rest = before.slice(found?.length ?? 0);
  const slashes = /^[\\/]{2,}/.exec(rest)?.[0];
  // `https:${...}`: whether a host or a path follows is up to the value.
  if (slashes === undefined) return found ? undefined : afterAuthority;
  const authority = rest.slice(slashes.length);
  if (/[\\/?#]/.test(authority)) return afterAuthority;
  // URL parsers skip more slashes, and backslashes, on the way to the host; `https:///${...}` looks like a path.
  return slashes === '//' ? authorityPosition(authority, after) : undefined;
}

/**
 * The end of a host name says whose it is. So a hole is a host where the static text goes on behind it with the rest
 * of the name (`https://${shop}.example.com/`), or where nothing static stands in front (`https://${host}/`). After a
 * name, as in `https://example.com${path}`, a value could append `.evil.net` or `@evil.net`.
 */
function authorityPosition(before: string, after: string): 'host' | 'port' | undefined {
  if (before.includes('@')) return undefined;
  if (before.endsWith(':')) return /^(?:[\\/?#]|$)/.test(after) ? 'port' : undefined;
  if (before.includes(':')) return undefined;
  const end = /^[^\\/?#:]*/.exec(after)?.[0] ?? '';
  const last = end.slice(end.lastIndexOf(hole) + 1);
  if (last.includes('@')) return undefined;
  return /[a-z]/i.test(last) || !/[a-z0-9]/i.test(before) ? 'host' : undefined;
}
