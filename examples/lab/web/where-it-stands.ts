import { parseFragment, serialize } from 'parse5';
import { type MarkedPiece, mark } from './mark.ts';

/** Characters of the page that are shown on either side. */
const around = 140;

/** Where a payload stands in a page's source, marked, with what surrounds it; undefined where nothing of it is left. */
export function whereItStands(source: string, payload: string): readonly MarkedPiece[] | undefined {
  const form = formsOf(payload).find((one) => source.includes(one));
  if (form === undefined) return undefined;
  const first = source.indexOf(form);
  const from = Math.max(0, first - around);
  const end = Math.min(source.length, first + form.length + around);
  const excerpt = `${from > 0 ? '...' : ''}${source.slice(from, end)}${end < source.length ? '...' : ''}`;
  return mark(excerpt, [form]);
}

/** How a payload can have been written, the worst first: as it is, as the browser writes its tree again, escaped, or as JSON. */
function formsOf(payload: string): readonly string[] {
  const escaped = payload.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const forms = [
    payload,
    serialize(parseFragment(payload)),
    escaped,
    payload.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
    escaped.replaceAll('"', '&quot;'),
    escaped.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    JSON.stringify(payload).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e'),
  ];
  return forms.filter((form) => form !== '');
}
