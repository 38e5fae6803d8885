/**
 * Queries documents of `bulwark/parse/xml` with XPath: the query is a literal, and values are parameters.
 *
 * @module
 */
export {
  createXpath,
  type XpathOptions,
  type XpathQuery,
  type XpathTag,
  type XpathValue,
  xpath,
} from './xpath.ts';
