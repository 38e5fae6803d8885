import type { SinkKind } from '../kind.ts';

/** An XPath expression. */
export const xpath: SinkKind<'xpath'> = {
  id: 'xpath',
  takes: 'text',
  harmfulCharacters: '\'"[]()/@|=* ',
  removableCharacters: '\'"',
};
