/**
 * The DOM of browsers: data from the authors of other pages, and sinks for markup, code and addresses.
 * Documentation: https://developer.mozilla.org/docs/Web/API
 */
import type { Condition, Models } from '../../../models/model.ts';

/** Attributes whose value is code or a document. */
const markupAttributes: Condition = {
  at: 'Argument[0]',
  is: ['srcdoc', 'onclick', 'onload', 'onerror', 'onmouseover', 'onfocus', 'onchange', 'onsubmit', 'oninput'],
};
/** Elements that execute what they load. */
const loader: Condition = {
  at: 'Argument[this].Argument[0]',
  is: ['script', 'iframe', 'frame', 'embed', 'object'],
};
const linkAttributes: Condition = { at: 'Argument[0]', is: ['href', 'action', 'formaction', 'xlink:href'] };
const code = 'setTimeout,setInterval';
const lookUps =
  'getElementById,querySelector,createElement,createElementNS,closest,elementFromPoint,cloneNode,appendChild,insertBefore,getRootNode,attachShadow,importNode';
const lists = 'querySelectorAll,getElementsByClassName,getElementsByTagName,getElementsByName';

export const browser: Models = {
  language: 'javascript',
  types: [
    ['dom.Window', 'global', 'Member[window,self,globalThis,top,parent,opener]'],
    ['dom.Window', 'dom.Document', 'Member[defaultView]'],
    ['dom.Window', 'dom.Window', 'Member[window,self,top,parent,opener]'],
    ['dom.Document', 'global', 'Member[document]'],
    ['dom.Document', 'global', 'Member[Document,HTMLDocument].Instance'],
    ['dom.Document', 'dom.Window', 'Member[document]'],
    ['dom.Document', 'dom.Element', 'Member[ownerDocument,contentDocument]'],
    ['dom.Location', 'global', 'Member[location]'],
    ['dom.Location', 'global', 'Member[Location].Instance'],
    ['dom.Location', 'dom.Window', 'Member[location]'],
    ['dom.Location', 'dom.Document', 'Member[location]'],
    [
      'dom.Element',
      'dom.Document',
      'Member[body,head,documentElement,activeElement,currentScript,scrollingElement]',
    ],
    ['dom.Element', 'dom.Document', `Member[${lookUps}].ReturnValue`],
    ['dom.Element', 'dom.Document', `Member[${lists}].ReturnValue.AnyMember`],
    ['dom.Element', 'dom.Document', `Member[${lists}].ReturnValue.Member[forEach].Argument[0].Parameter[0]`],
    ['dom.Element', 'dom.Document', `Member[${lists}].ReturnValue.Member[item].ReturnValue`],
    ['dom.Element', 'dom.Element', `Member[${lookUps}].ReturnValue`],
    ['dom.Element', 'dom.Element', `Member[${lists}].ReturnValue.AnyMember`],
    [
      'dom.Element',
      'dom.Element',
      'Member[parentNode,parentElement,firstChild,lastChild,firstElementChild,lastElementChild,nextSibling,previousSibling,nextElementSibling,previousElementSibling,shadowRoot,content]',
    ],
    ['dom.Element', 'dom.Element', 'Member[children,childNodes].AnyMember'],
    [
      'dom.Element',
      'dom.Document',
      'Member[addEventListener].Argument[1].Parameter[0].Member[target,currentTarget]',
    ],
    [
      'dom.Element',
      'dom.Element',
      'Member[addEventListener].Argument[1].Parameter[0].Member[target,currentTarget]',
    ],
    [
      'dom.Element',
      'global',
      'Member[Element,HTMLElement,HTMLDivElement,HTMLSpanElement,HTMLParagraphElement,HTMLAnchorElement,HTMLBodyElement,HTMLButtonElement,HTMLFormElement,HTMLHeadingElement,HTMLIFrameElement,HTMLImageElement,HTMLLIElement,HTMLOListElement,HTMLUListElement,HTMLPreElement,HTMLScriptElement,HTMLTableElement,HTMLTableCellElement,HTMLTableRowElement,HTMLTemplateElement,ShadowRoot,SVGElement].Instance',
    ],
    ['dom.Element', 'global', 'Member[HTMLElement].Instance.Member[shadowRoot]'],
    ['dom.ScriptElement', 'global', 'Member[HTMLScriptElement,HTMLIFrameElement].Instance'],
    ['dom.Range', 'dom.Document', 'Member[createRange].ReturnValue'],
    ['dom.Range', 'global', 'Member[Range].Instance'],
    ['dom.Channel', 'global', 'Member[WebSocket,EventSource].Instance'],
    ['dom.Channel', 'dom.Window', 'Member[WebSocket,EventSource].Instance'],
  ],
  sources: [
    ['dom.Location', 'Member[href,search,hash,pathname]', 'browser'],
    ['dom.Location', 'Member[toString].ReturnValue', 'browser'],
    ['dom.Document', 'Member[URL,documentURI,baseURI,referrer]', 'browser'],
    ['dom.Window', 'Member[name]', 'browser'],
    ['global', 'Member[onmessage].Parameter[0].Member[data]', 'browser'],
    ['dom.Window', 'Member[addEventListener].Argument[1].Parameter[0].Member[data]', 'browser'],
    ['dom.Window', 'Member[onmessage].Parameter[0].Member[data]', 'browser'],
    ['dom.Window', 'Member[onhashchange].Parameter[0].Member[newURL,oldURL]', 'browser'],
    ['global', 'Member[addEventListener].Argument[1].Parameter[0].Member[data]', 'browser'],
    ['global', 'Member[MessageEvent].Instance.Member[data]', 'browser'],
    ['rxjs', 'Member[fromEvent].ReturnValue', 'browser', { at: 'Argument[1]', is: ['message'] }],
    // Responses of a server are not markup of the page's author.
    ['dom.Channel', 'Member[onmessage].Parameter[0].Member[data]', 'stored'],
    ['dom.Channel', 'Member[addEventListener].Argument[1].Parameter[0].Member[data]', 'stored'],
    ['global', 'Member[XMLHttpRequest].Instance.Member[response,responseText]', 'stored'],
  ],
  sinks: [
    ['dom.Element', 'Member[innerHTML,outerHTML,srcdoc]', 'xss'],
    ['dom.Element', 'Member[insertAdjacentHTML].Argument[1]', 'xss'],
    ['dom.Element', 'Member[setHTMLUnsafe].Argument[0]', 'xss'],
    ['dom.Element', 'Member[setAttribute].Argument[1]', 'xss', markupAttributes],
    ['dom.Element', 'Member[setAttribute].Argument[1]', 'link', linkAttributes],
    ['dom.Element', 'Member[src,data]', 'link', loader],
    ['dom.ScriptElement', 'Member[src]', 'link'],
    ['dom.ScriptElement', 'Member[text,textContent,innerText]', 'code'],
    ['dom.Element', 'Member[href,action,formAction]', 'link'],
    ['dom.Document', 'Member[write,writeln].Argument[0..]', 'xss'],
    ['dom.Range', 'Member[createContextualFragment].Argument[0]', 'xss'],
    ['global', 'Member[Document].Member[parseHTMLUnsafe].Argument[0]', 'xss'],
    // Addresses that are opened: elsewhere, or with a scheme that runs code.
    ['global', 'Member[location]', 'redirect'],
    ['global', 'Member[location]', 'link'],
    ['dom.Window', 'Member[location]', 'redirect'],
    ['dom.Window', 'Member[location]', 'link'],
    ['dom.Document', 'Member[location]', 'redirect'],
    ['dom.Document', 'Member[location]', 'link'],
    ['dom.Location', 'Member[href]', 'redirect'],
    ['dom.Location', 'Member[href]', 'link'],
    ['dom.Location', 'Member[assign,replace].Argument[0]', 'redirect'],
    ['dom.Location', 'Member[assign,replace].Argument[0]', 'link'],
    ['dom.Window', 'Member[open].Argument[0]', 'redirect'],
    ['dom.Window', 'Member[open].Argument[0]', 'link'],
    ['global', 'Member[open].Argument[0]', 'redirect'],
    ['global', 'Member[open].Argument[0]', 'link'],
    ['global', `Member[eval,${code}].Argument[0]`, 'code'],
    ['dom.Window', `Member[eval,${code},execScript].Argument[0]`, 'code'],
    ['global', 'Member[Function].Argument[0..]', 'code'],
    ['dom.Window', 'Member[Function].Argument[0..]', 'code'],
    ['global', 'Member[RegExp].Argument[0]', 'regex'],
  ],
  sanitizers: [
    // It begins with a slash: navigation stays on the site.
    ['dom.Location', 'Member[pathname]', ['redirect', 'link']],
    ['dom.Element', 'Member[setHTML].Argument[0]', ['xss']],
  ],
  guesses: [
    [
      'dom.Element',
      [
        'el',
        'elem',
        'element',
        'elt',
        'div',
        'span',
        'node',
        'container',
        'wrapper',
        'iframe',
        'anchor',
        '$el',
        'nativeElement',
        // Members that no other type has.
        '.innerHTML',
        '.outerHTML',
        '.insertAdjacentHTML',
      ],
    ],
  ],
};
