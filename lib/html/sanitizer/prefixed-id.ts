/**
 * Names in sanitised markup have the preset's prefix, so that none of them can be one that the page's own scripts look
 * up, or a property of `document` or `window` (DOM clobbering). One that has it already stays, so that a second pass
 * changes nothing.
 */
export function prefixedId(id: string, prefix: string): string | undefined {
  if (!/^[^\s"'<>&`]{1,200}$/.test(id)) return undefined;
  const name = id.startsWith(prefix) ? id : prefix + id;
  return name.length <= 200 ? name : undefined;
}

/** The fragment of a link within the document, to match. `#` and `#top` are the start of the page. */
export function prefixedFragment(url: string, prefix: string): string {
  if (!url.startsWith('#') || url === '#' || /^#top$/i.test(url) || url.startsWith(`#${prefix}`)) return url;
  return `#${prefix}${url.slice(1)}`;
}

export function prefixedIds(list: string, prefix: string): string | undefined {
  const names = list.split(/[\t\n\f\r ]+/).filter((name) => name !== '');
  const kept = names.flatMap((name) => prefixedId(name, prefix) ?? []);
  return kept.length === 0 || kept.length > 20 ? undefined : kept.join(' ');
}
