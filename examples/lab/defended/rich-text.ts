import { type SafeHtml, sanitize } from 'bulwark/html';

/** Comments are markup: people write bold words and links, and nothing else stays. */
export function richText(markup: string): SafeHtml {
  return sanitize(markup, 'comment');
}
