/** A comment that suppresses findings: `bulwark-ignore sql/injection: the table is one of ours`. */
export interface SuppressionComment {
  readonly kind: 'suppression';
  /** Rule ids, or `sql/*` for an area. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** The expiry date: `2027-01-31`. */
  readonly until: string | undefined;
}

export interface BadComment {
  readonly kind: 'bad';
  readonly problem: string;
}

/**
 * Parses one line of a comment, with or without its delimiters. Returns a `BadComment` for a misspelt or invalid
 * suppression, and undefined for any other comment. The line names rules, then gives a reason and perhaps an expiry date.
 * @example
 * ```text
 * # bulwark-ignore sql/injection, xss/*: rows of our own until 2027-01-31
 * ```
 */
export function suppressionComment(line: string): SuppressionComment | BadComment | undefined {
  if (line.length > longest) return undefined;
  const [, word = '', rest = ''] =
    /^(bulwark[\s:_-]{0,3}(?:ignore|disable)[\w-]*)(.*)$/is.exec(line.replace(opening, '')) ?? [];
  if (word === '') return undefined;
  if (word !== 'bulwark-ignore') return bad(`It is written bulwark-ignore, not ${word}`);
  const text = withoutClosing(rest);
  const colon = text.indexOf(':');
  return colon < 0 ? parts(text, '') : parts(text.slice(0, colon).trim(), text.slice(colon + 1).trim());
}

function parts(list: string, said: string): SuppressionComment | BadComment {
  const listed = dated(list);
  const reasoned = dated(said);
  const until = listed.until ?? reasoned.until;
  const rules = listed.text.split(/[\s,]+/).filter((rule) => rule !== '');
  if (rules.length === 0) return bad('It names no rule');
  const odd = rules.find((rule) => !/^[a-z0-9-]+\/(?:[a-z0-9-]+|\*)$/.test(rule));
  if (odd !== undefined) return bad(`${odd} is neither a rule ID nor an area such as sql/*`);
  if (!/[\p{L}\p{N}]/u.test(reasoned.text)) return bad('It gives no reason after a colon');
  if (until !== undefined && !isDay(until)) return bad(`${until} is not a valid date`);
  return { kind: 'suppression', rules, reason: reasoned.text, until };
}

const longest = 2000;
/** Comment delimiters of Python, JavaScript, HTML, Jinja, Handlebars, EJS, Pug and JSX. */
const opening = /^[\s/*#<!{%-]*(?:comment\b[^%]{0,40}%\})?\s*/;
const closing = new Set('*/>#%}-');

function withoutClosing(text: string): string {
  const last = text.lastIndexOf('{% endcomment');
  let end = (last < 0 ? text : text.slice(0, last)).trimEnd().length;
  while (end > 0 && closing.has(text.charAt(end - 1))) end--;
  return text.slice(0, end).trim();
}

/** Takes `until 2027-01-31` off the end. */
function dated(text: string): { readonly text: string; readonly until: string | undefined } {
  const found = /(?:^|[\s,(])\(?until (\d{4}-\d\d-\d\d)\)?\.?$/.exec(text);
  if (!found) return { text, until: undefined };
  return { text: text.slice(0, found.index).trim(), until: found[1] };
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function bad(problem: string): BadComment {
  return { kind: 'bad', problem };
}
