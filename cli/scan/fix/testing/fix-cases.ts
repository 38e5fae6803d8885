import { readFileSync } from 'node:fs';

/** A text, and the result of its fix. */
export interface FixCase {
  /** The part before the title: a file's name, or a client's. */
  readonly of: string;
  readonly title: string;
  readonly before: string;
  /** Undefined if the finding is left. */
  readonly after: string | undefined;
  /** Whether the fix is only suggested: `--fix` skips it, an editor offers it. */
  readonly isSuggested: boolean;
}

/**
 * The cases of a file:
 *
 *     === app.py | the loader goes
 *     yaml.load(text, Loader=yaml.Loader)
 *     --- fixed
 *     yaml.safe_load(text)
 *
 * With `--- suggested` in place of it the fix is not certain. Without either the finding is left, and the text as it is.
 */
export function readFixCases(url: URL): FixCase[] {
  return readFileSync(url, 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...lines] = part.split('\n');
      const [of = '', title = ''] = heading.split(' | ');
      const text = lines.join('\n');
      const [before = '', after] = text.split(/^--- (?:fixed|suggested)\n/m);
      const isSuggested = /^--- suggested$/m.test(text);
      return { of, title, before: before.trimEnd(), after: after?.trimEnd(), isSuggested };
    });
}
