/**
 * Parses XML without DOCTYPE, entities and external files, within limits. Needs the package `saxes`.
 *
 * @module
 */
export { parseXml } from './parse-xml.ts';
export { parseXmlObject } from './parse-xml-object.ts';
export { textOf, type XmlElement } from './xml-element.ts';
export type { XmlObjectOptions, XmlOptions } from './xml-options.ts';
