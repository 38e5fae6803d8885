import type { SinkKind } from '../kind.ts';

/** A mail's header fields and addresses. */
export const mail: SinkKind<'mail'> = {
  id: 'mail',
  takes: 'text',
  harmfulCharacters: '\r\n',
  isRefusable: true,
  removableCharacters: '\r\n',
};
