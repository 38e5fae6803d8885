// lxml 5.4.0, elementpath 4.8.0, xmltodict 0.13.0 read in Debian 13's packages; xml.* of Python 3.11.
import type { Condition, Models } from '../../../models/model.ts';

const unlessOpen: Condition = { at: 'Argument[0,source:]', isApi: [['io.File', '']], not: true };

/** The option of libxml2 that replaces entities by their content. */
const substitutesEntities: Condition = {
  at: 'Argument[3]',
  isApi: [['libxml2.Entities', '']],
};

/** By default, lxml replaces entities of the document itself, and bounds their expansion. */
function isHuge(parser: string): Condition {
  return { at: `${parser}.Argument[huge_tree:]`, is: [true] };
}

/** A parser of `xml.sax` reads external entities if `setFeature` enables this. */
function readsEntities(parser: string): Condition {
  return { at: `${parser}.Member[setFeature].Argument[0,1]`, is: [true, 1], isApi: [['sax.external', '']] };
}

/**
 * XML and XPath. Parsers that fetch external entities are sinks of `xxe`. A parser of lxml is assumed to fetch them unless
 * `resolve_entities` says otherwise. A parser of Python's `xml.sax` fetches them only if `setFeature` enables it; `minidom`
 * and `pulldom` do so only with such a parser. Python's other parsers fetch none. `defusedxml` has no sinks.
 */
export const xml: Models = {
  language: 'python',
  types: [
    ['libxml2.Entities', 'libxml2', 'Member[XML_PARSE_NOENT]'],
    ['sax.Parser', 'xml.sax', 'Member[make_parser].ReturnValue'],
    ['sax.Parser', 'xml.sax.expatreader', 'Member[create_parser,ExpatParser].ReturnValue'],
    ['sax.external', 'xml.sax.handler', 'Member[feature_external_ges,feature_external_pes]'],
    ['lxml.Element', 'lxml.etree', 'Member[fromstring,XML,HTML,Element,fromstringlist].ReturnValue'],
    ['lxml.Element', 'lxml.etree', 'Member[parse,ElementTree].ReturnValue'],
    [
      'lxml.Element',
      'lxml.html',
      'Member[fromstring,document_fromstring,fragment_fromstring,parse].ReturnValue',
    ],
    ['lxml.Element', 'lxml.objectify', 'Member[fromstring,parse].ReturnValue'],
    ['lxml.Element', 'lxml.Element', 'Member[getroot,find,getparent,getroottree].ReturnValue'],
    ['etree.Element', 'xml.etree.ElementTree', 'Member[fromstring,XML,parse,ElementTree].ReturnValue'],
    ['etree.Element', 'xml.etree.cElementTree', 'Member[fromstring,XML,parse].ReturnValue'],
    ['etree.Element', 'defusedxml.ElementTree', 'Member[fromstring,XML,parse].ReturnValue'],
    ['etree.Element', 'etree.Element', 'Member[getroot,find].ReturnValue'],
  ],
  sinks: [
    [
      'lxml.etree',
      'Member[fromstring,XML,XMLID,fromstringlist].Argument[0,text:,strings:]',
      'xxe',
      { at: 'Argument[1,parser:].Argument[resolve_entities:]', is: [false, 'internal'], not: true },
    ],
    [
      'lxml.etree',
      'Member[parse].Argument[0,source:]',
      'xxe',
      { at: 'Argument[1,parser:].Argument[resolve_entities:]', is: [false, 'internal'], not: true },
    ],
    [
      'lxml.etree',
      'Member[iterparse].Argument[0,source:]',
      'xxe',
      { at: 'Argument[resolve_entities:]', is: [false, 'internal'], not: true },
    ],
    [
      'lxml.objectify',
      'Member[fromstring,parse,XML].Argument[0]',
      'xxe',
      { at: 'Argument[1,parser:].Argument[resolve_entities:]', is: [false, 'internal'], not: true },
    ],
    [
      'lxml.etree',
      'Member[XMLParser,XMLPullParser].Instance.Member[feed].Argument[0,data:]',
      'xxe',
      { at: 'Argument[this].Argument[resolve_entities:]', is: [false, 'internal'], not: true },
    ],
    [
      'lxml.etree',
      'Member[fromstring,XML,XMLID,fromstringlist,parse].Argument[0,text:,strings:,source:]',
      'xxe',
      isHuge('Argument[1,parser:]'),
    ],
    [
      'lxml.etree',
      'Member[iterparse].Argument[0,source:]',
      'xxe',
      { at: 'Argument[huge_tree:]', is: [true] },
    ],
    ['lxml.objectify', 'Member[fromstring,parse,XML].Argument[0]', 'xxe', isHuge('Argument[1,parser:]')],
    [
      'lxml.etree',
      'Member[XMLParser,XMLPullParser].Instance.Member[feed].Argument[0,data:]',
      'xxe',
      isHuge('Argument[this]'),
    ],
    ['sax.Parser', 'Member[parse].Argument[0,source:]', 'xxe', readsEntities('Argument[this]')],
    ['sax.Parser', 'Member[feed].Argument[0,data:]', 'xxe', readsEntities('Argument[this]')],
    [
      'xml.dom.pulldom',
      'Member[parse,parseString].Argument[0,stream_or_string:,string:]',
      'xxe',
      readsEntities('Argument[1,parser:]'),
    ],
    [
      'xml.dom.minidom',
      'Member[parse,parseString].Argument[0,file:,string:]',
      'xxe',
      readsEntities('Argument[1,parser:]'),
    ],
    ['lxml.etree', 'Member[XPath,ETXPath].Argument[0,path:]', 'xpath'],
    ['lxml.Element', 'Member[xpath].Argument[0,_path:]', 'xpath'],
    ['lxml.Element', 'Member[find,findall,findtext,iterfind].Argument[0,path:]', 'xpath'],
    ['lxml.etree', 'Member[XPathEvaluator].ReturnValue.Argument[0]', 'xpath'],
    ['etree.Element', 'Member[find,findall,findtext,iterfind].Argument[0,path:,match:]', 'xpath'],
    ['elementpath', 'Member[select,iter_select].Argument[1,path:]', 'xpath'],
    ['elementpath', 'Member[Selector].Argument[0,path:]', 'xpath'],
    ['parsel', 'Member[Selector].Instance.Member[xpath].Argument[0,query:]', 'xpath'],
    ['scrapy', 'Member[Selector].Instance.Member[xpath].Argument[0,query:]', 'xpath'],
    ['scrapy.selector', 'Member[Selector].Instance.Member[xpath].Argument[0,query:]', 'xpath'],
    [
      'libxml2',
      'Member[parseFile,parseDoc,parseMemory,readDoc].ReturnValue.Member[xpathEval,xpathEvalExpression].Argument[0]',
      'xpath',
    ],
    ['libxml2', 'Member[readDoc,readFile,readMemory].Argument[0]', 'xxe', substitutesEntities],
    ['lxml.etree', 'Member[parse,iterparse].Argument[0,source:]', 'path', unlessOpen],
    ['lxml.etree', 'Member[XSLT].Argument[0,xslt_input:]', 'code'],
    ['xml.etree.ElementTree', 'Member[parse,iterparse].Argument[0,source:]', 'path', unlessOpen],
  ],
  summaries: [
    ['lxml.etree', 'Member[fromstring,XML,HTML,fromstringlist,parse]', 'Argument[0]', 'ReturnValue', 'taint'],
    [
      'lxml.html',
      'Member[fromstring,document_fromstring,fragment_fromstring]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
    ['lxml.etree', 'Member[tostring,tounicode]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['xml.etree.ElementTree', 'Member[fromstring,XML,parse,tostring]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['defusedxml.ElementTree', 'Member[fromstring,XML,parse]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['xml.dom.minidom', 'Member[parseString,parse]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['defusedxml.minidom', 'Member[parseString,parse]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['xmltodict', 'Member[parse]', 'Argument[0,xml_input:]', 'ReturnValue', 'taint'],
    [
      'lxml.Element',
      'Member[find,findall,findtext,iterfind,iter,itertext,get,getroot,xpath,text_content]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    [
      'etree.Element',
      'Member[find,findall,findtext,iterfind,iter,itertext,get,getroot]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    ['xml.sax.saxutils', 'Member[escape,quoteattr,unescape]', 'Argument[0,data:]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    ['xml.sax.saxutils', 'Member[quoteattr].ReturnValue', ['xss']],
    // Escapes no quotes: correct for text, which is where it is used.
    ['xml.sax.saxutils', 'Member[escape].ReturnValue', ['xss']],
  ],
  traits: [
    ['lxml.Element', '', 'entries-by-get', 'deep'],
    ['lxml.etree', '', 'entries-by-get', 'deep'],
    ['lxml.html', '', 'entries-by-get', 'deep'],
    ['lxml.objectify', '', 'entries-by-get', 'deep'],
    ['etree.Element', '', 'entries-by-get', 'deep'],
    ['xml.etree.ElementTree', '', 'entries-by-get', 'deep'],
    ['xml.etree.cElementTree', '', 'entries-by-get', 'deep'],
    ['defusedxml.ElementTree', '', 'entries-by-get', 'deep'],
    ['xml.dom.minidom', '', 'entries-by-get', 'deep'],
  ],
};
