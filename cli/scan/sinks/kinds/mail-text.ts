import type { SinkKind } from '../kind.ts';
import { template } from './template.ts';

/** The body of a mail. The source `host` does harm here, since links in the mail lead to it. */
export const mailText: SinkKind<'mail-text'> = {
  id: 'mail-text',
  takes: 'text',
  harmsVisitor: true,
  // The same check neutralises both: an allow list.
  sharesWith: template,
  harmfulSources: ['host'],
};
