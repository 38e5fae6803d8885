import { type Loaded, loadedFrom } from './hosts.ts';

/** Of a longer text only the start is searched, and only so many of its script tags. */
const maxText = 50_000;
const maxTags = 50;

const tag = /<script\s[^>]{0,500}>/gi;
const source = /\ssrc\s*=\s*\\?["']?((?:https?:)?\/\/[^"'\s>\\]{1,500})/i;
/** The address of a script alone, which other code loads: `https://host/v3/polyfill.min.js`. */
const address = /^(?:https?:)?\/\/[\w.-]+\/[^\s<>"']*\.m?js(?:[?#]\S*)?$/i;

/** Matches every text that may load a script. A fast filter. */
export const mayLoad: RegExp = /<script|^(?:https?:)?\/\//i;

/**
 * Returns a script that a `<script>` tag in a text loads without an integrity hash, from a public CDN or from a domain
 * that was taken over. If there are both, returns one from a domain that was taken over. A text that is just the URL of
 * a script counts only if its domain was taken over. Undefined if there is no such script.
 */
export function loadedInText(text: string): Loaded | undefined {
  if (text.length < 400 && address.test(text)) {
    const loaded = loadedFrom(text);
    return loaded?.kind === 'taken over' ? loaded : undefined;
  }
  if (!text.includes('<script') && !text.includes('<SCRIPT')) return undefined;
  let found: Loaded | undefined;
  const tags = text.slice(0, maxText).match(tag) ?? [];
  for (const one of tags.slice(0, maxTags)) {
    const url = source.exec(one)?.[1];
    const loaded = url === undefined || /\sintegrity\s*=/i.test(one) ? undefined : loadedFrom(url);
    if (loaded && (!found || loaded.kind === 'taken over')) found = loaded;
  }
  return found;
}
