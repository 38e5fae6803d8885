import type { SinkKind } from '../kind.ts';
import { template } from './template.ts';

/** What a mail says: for `host`, as the links in it lead there. */
export const mailText: SinkKind<'mail-text'> = {
  id: 'mail-text',
  takes: 'text',
  // The same makes both harmless: a list of those that are allowed.
  sharesWith: template,
  harmfulSources: ['host'],
};
