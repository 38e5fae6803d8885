import type { SinkKind } from '../kind.ts';

/** A header's name or value. */
export const header: SinkKind<'header'> = {
  id: 'header',
  takes: 'text',
  harmsVisitor: true,
  harmfulCharacters: '\r\n',
  isRefusable: true,
  removableCharacters: '\r\n',
  maxFunctions: { usual: 6 },
};
