/** Top-level domains of most URLs in code. */
const topLevel =
  'com|net|org|io|dev|app|co|edu|gov|mil|int|info|biz|me|ai|cloud|tech|xyz|online|site|store|uk|de|fr|it|es|nl|eu|us|ca|au|in|jp|cn|kr|ru|br|pl|se|no|ch|at|be|tv|be|so|sh|internal|local|test|example';

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const hostText = new RegExp(
  `^(?:[a-z][a-z0-9+.-]*:)?(?://)?\\.?(?:${label}\\.)+(?:${topLevel})(?::\\d+)?(?:/.*)?$`,
  'i',
);
const schemeText = new RegExp(`^(?:https?|wss?|ftp)://(?:${label}\\.)*${label}(?::\\d+)?(?:/.*)?$`, 'i');

/** A text that is a host, or a URL with one. */
export interface HostForm {
  readonly text: string;
  readonly hasScheme: boolean;
  /** Something follows the host, at least a slash. */
  readonly hasPath: boolean;
  /** The text starts with a dot: `.example.com`. */
  readonly isDotted: boolean;
  /** The text may be a file name instead, because its ending is also a top-level domain: `index.app`, `lib.so`. */
  readonly mayBeFile: boolean;
}

export function hostForm(text: string): HostForm | undefined {
  if (text.length > 200 || /[\s@?#]/.test(text)) return undefined;
  if (!hostText.test(text) && !schemeText.test(text)) return undefined;
  const isShort = !text.includes('//') && text.split('.').length < 3;
  // Tools use these names internally.
  if (isShort && /\.(local|test|internal)$/i.test(text)) return undefined;
  const rest = text.replace(/^[a-z][a-z0-9+.-]*:\/\/|^\/\//i, '');
  return {
    text,
    hasScheme: rest !== text,
    hasPath: rest.includes('/'),
    isDotted: rest.startsWith('.'),
    mayBeFile: isShort && /\.(so|sh|app|me|in|it|at|be|no|example|tech)$/i.test(text),
  };
}

const hostSource =
  /(?:[a-z0-9][a-z0-9-]*\\?\.)+(?:com|net|org|io|dev|app|co|edu|gov|info|biz|ai|cloud|uk|de|fr|eu|us|tv|be|me|cn|ru|jp)(?![a-z0-9-]|\\?\.[a-z0-9*+[(]|[*+?])/i;

/** A host in the source of a regular expression. */
export interface HostSource {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

export function hostInSource(source: string): HostSource | undefined {
  const found = hostSource.exec(source.slice(0, 500));
  // In `\w.com`, the `w` is no host name.
  if (!found || /\\$/.test(source.slice(0, found.index))) {
    const rest = found ? source.slice(found.index + 1) : '';
    const next = found ? hostSource.exec(rest.slice(0, 500)) : null;
    if (!found || !next) return undefined;
    const at = found.index + 1 + next.index;
    return { at, end: at + next[0].length, text: next[0] };
  }
  return { at: found.index, end: found.index + found[0].length, text: found[0] };
}
