import type { SinkKind } from '../kind.ts';
import { template } from './template.ts';

/**
 * The body of a mail. Data of the source `host`, a host name that a client sent, does harm here: links may lead to that
 * host.
 */
export const mailText: SinkKind<'mail-text'> = {
  id: 'mail-text',
  takes: 'text',
  harmsVisitor: true,
  // The same check neutralises both: an allow list.
  sharesWith: template,
  harmfulSources: ['host'],
};
