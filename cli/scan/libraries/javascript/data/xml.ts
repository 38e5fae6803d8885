/**
 * libxmljs 0.19 and 1, libxmljs2, xml2js 0.6, fast-xml-parser 4 and 5, @xmldom/xmldom, xpath 0.0.34, cheerio, node-expat 2.
 * Documentation: https://github.com/libxmljs/libxmljs/wiki
 */
import type { Condition, Models } from '../../../models/model.ts';

/** Options that replace entities by their content. */
const entities: Condition = { at: 'Argument[1].Member[noent,replaceEntities]', is: [true] };
/** Options that lift the limits on entities, including those in attributes, which are always replaced. */
const hugeDocuments: Condition = { at: 'Argument[1].Member[huge]', is: [true] };
const parse = 'parseXml,parseXmlString,parseXmlAsync';

export const xml: Models = {
  language: 'javascript',
  types: [
    ['libxml.Module', 'libxmljs', ''],
    ['libxml.Module', 'libxmljs2', ''],
    ['libxml.Document', 'libxml.Module', `Member[${parse}].ReturnValue`],
    ['libxml.Document', 'libxml.Document', 'Member[root,get,child].ReturnValue'],
  ],
  sinks: [
    // Markup that becomes a page of the server.
    [
      'cheerio',
      'Member[load].ReturnValue.ReturnValue.Member[html,append,prepend,after,before,replaceWith].Argument[0]',
      'xss',
    ],
    ['libxml.Module', `Member[${parse}].Argument[0]`, 'xxe', entities],
    ['libxml.Module', `Member[${parse}].Argument[0]`, 'xxe', hugeDocuments],
    // The bundled versions of expat allow entities inside entities to grow without bounds.
    ['node-expat', 'Member[Parser].Instance.Member[parse,write].Argument[0]', 'xxe'],
    ['node-expat', 'Member[createParser].ReturnValue.Member[parse,write].Argument[0]', 'xxe'],
    ['libxml.Document', 'Member[find,get].Argument[0]', 'xpath'],
    ['xpath', 'Member[select,select1,evaluate,parse].Argument[0]', 'xpath'],
    ['xpath', 'Member[useNamespaces].ReturnValue.Argument[0]', 'xpath'],
    ['xpath.js', 'Argument[1]', 'xpath'],
    ['xml2js-xpath', 'Member[find,evalFirst,matches].Argument[1]', 'xpath'],
    ['global', 'Member[document].Member[evaluate].Argument[0]', 'xpath'],
  ],
  summaries: [
    ['libxml.Module', `Member[${parse}]`, 'Argument[0]', 'ReturnValue', 'taint'],
    ['libxml.Document', 'Member[text,toString,name,value]', 'Argument[this]', 'ReturnValue', 'taint'],
    [
      'libxml.Document',
      'Member[find,get,child,childNodes,attr,root]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    ['xml2js', 'Member[parseString,parseStringPromise]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['xml2js', 'Member[parseString]', 'Argument[0]', 'Argument[1,2].Parameter[1]', 'taint'],
    ['xml2js', 'Member[Parser].Instance.Member[parseStringPromise]', 'Argument[0]', 'ReturnValue', 'taint'],
    [
      'xml2js',
      'Member[Parser].Instance.Member[parseString]',
      'Argument[0]',
      'Argument[1].Parameter[1]',
      'taint',
    ],
    ['fast-xml-parser', 'Member[XMLParser].Instance.Member[parse]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['fast-xml-parser', 'Member[parse]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['xml-js', 'Member[xml2js,xml2json]', 'Argument[0]', 'ReturnValue', 'taint'],
    [
      '@xmldom/xmldom',
      'Member[DOMParser].Instance.Member[parseFromString]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
    ['cheerio', 'Member[load]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
};
