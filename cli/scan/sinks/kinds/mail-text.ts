import type { SinkKind } from '../kind.ts';
import { template } from './template.ts';

/** The body of a mail. The source `host` does harm here, since links in the mail lead to it. */
export const mailText: SinkKind<'mail-text'> = {
  id: 'mail-text',
  takes: 'text',
  // The same makes both harmless: a list of those that are allowed.
  sharesWith: template,
  harmfulSources: ['host'],
};
