/**
 * What a hole in a URL is, as the static text in front of it decides:
 * - `start`: the beginning of the URL, taken as it is;
 * - `part`: a piece of path, query or fragment, percent-encoded;
 * - `query`: a piece that follows `?` or `&`, where a `URLSearchParams` may stand as a whole;
 * - `host` and `port`: a piece of the authority, taken if it cannot leave it;
 * - `address`: a piece behind `mailto:` or `tel:`, percent-encoded but for `@` and `+`;
 * - `base64`: the content of a `data:` URL of a bitmap.
 */
export type UrlPosition = 'start' | 'part' | 'query' | 'host' | 'port' | 'address' | 'base64';

export interface UrlPlan {
  /** Such as `href of <a>`. */
  readonly place: string;
  /** True where a bitmap in a `data:` URL is shown as an image. */
  readonly image: boolean;
  /** Static text, as decoded, and holes, in turn: text first and last. */
  readonly texts: readonly string[];
  readonly holes: readonly { readonly index: number; readonly position: UrlPosition }[];
  /** The URL with a letter for each value: what the template alone says. */
  readonly shape: string;
  /** Escaped static text for values that are words, where the URL is as safe with any of them. */
  readonly quick: readonly string[] | undefined;
}
