/** The forms and links of a page, read as loosely as these tests need. */
export interface Form {
  readonly action: string;
  /** The hidden fields, such as a CSRF token. */
  readonly hidden: Readonly<Record<string, string>>;
  /** The name of its file field. */
  readonly file: string | undefined;
  /** True if it is sent to the page that it is on, as multipart/form-data. A server action of Next.js is; `data-action` names it. */
  readonly toOwnPage: boolean;
}

export function formsOf(page: string): Form[] {
  return [...page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, open = '', content = '']) => {
    const inputs = [...content.matchAll(/<input\b([^>]*)>/gi)].map(([, attributes = '']) => attributes);
    const hidden = inputs.filter((input) => attribute(input, 'type') === 'hidden');
    const file = inputs.find((input) => attribute(input, 'type') === 'file');
    return {
      action: attribute(open, 'data-action') ?? attribute(open, 'action') ?? '',
      hidden: Object.fromEntries(
        hidden.map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']),
      ),
      file: file === undefined ? undefined : attribute(file, 'name'),
      toOwnPage: /\saction=""/.test(open) && /\senctype="multipart\/form-data"/i.test(open),
    };
  });
}

/** The paths of the links below `start`, each once, in the order of the page. */
export function linksOf(page: string, start: string): string[] {
  const paths = [...page.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => decode(href));
  return [...new Set(paths.filter((path) => path.startsWith(start)))];
}

/** The ids of the tickets that a list shows. */
export function ticketsOf(page: string): string[] {
  return linksOf(page, '/tickets/')
    .map((path) => path.slice('/tickets/'.length))
    .filter((id) => id !== 'new' && !id.includes('/'));
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}=("([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  const text = value?.[2] ?? value?.[3] ?? value?.[4];
  return text === undefined ? undefined : decode(text);
}

function decode(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#x27;', "'")
    .replaceAll('&#x2F;', '/')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
