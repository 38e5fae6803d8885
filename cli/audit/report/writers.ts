import type { Audit } from '../audit.ts';
import { writeHtml } from './html.ts';
import { writeJson } from './json.ts';
import { writeJunit } from './junit.ts';
import { writeMarkdown } from './markdown.ts';
import { writeSarif } from './sarif.ts';
import { writeText } from './text.ts';

export const formats = ['text', 'json', 'html', 'sarif', 'junit', 'markdown'] as const;
export type Format = (typeof formats)[number];

/** The same audit gives the same bytes. */
export const writers: Readonly<
  Record<Format, (audit: Audit, options: { readonly color: boolean }) => string>
> = {
  text: writeText,
  json: writeJson,
  html: writeHtml,
  sarif: writeSarif,
  junit: writeJunit,
  markdown: writeMarkdown,
};
