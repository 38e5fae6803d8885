/**
 * Members of the DOM's prototypes, saved when the module loads. Markup can shadow a member on a single object: in
 * `<form><input name="firstChild">`, `form.firstChild` is the input, and `<img name="createElement">` does the same to
 * `document`. It cannot change what was saved from the prototype.
 */
const types = globalThis as unknown as Record<string, { readonly prototype: object } | undefined>;

type Part = 'get' | 'set' | 'value';

/** On a server these types are missing: then the call fails, not the import. */
function take<T>(type: string, name: string, part: Part): T {
  const prototype = types[type]?.prototype;
  const found: unknown = prototype && Object.getOwnPropertyDescriptor(prototype, name)?.[part];
  return ((target: object, ...args: unknown[]) =>
    Reflect.apply(found as () => unknown, target, args)) as unknown as T;
}

type Get<T> = (node: Node) => T;

export const firstChild: Get<Node | null> = take('Node', 'firstChild', 'get');
export const nextSibling: Get<Node | null> = take('Node', 'nextSibling', 'get');
export const nodeType: Get<number> = take('Node', 'nodeType', 'get');
export const parentElement: Get<Element | null> = take('Node', 'parentElement', 'get');
export const contains: (node: Node, other: Node) => boolean = take('Node', 'contains', 'value');
export const setTextContent: (node: Node, text: string) => void = take('Node', 'textContent', 'set');
export const textContent: Get<string | null> = take('Node', 'textContent', 'get');
export const dataOf: Get<string> = take('CharacterData', 'data', 'get');
export const localName: Get<string> = take('Element', 'localName', 'get');
export const namespaceUri: Get<string | null> = take('Element', 'namespaceURI', 'get');
export const closest: (element: Element, selector: string) => Element | null = take(
  'Element',
  'closest',
  'value',
);
export const getAttribute: (element: Node, name: string) => string | null = take(
  'Element',
  'getAttribute',
  'value',
);
export const putAttribute: (element: Element, name: string, value: string) => void = take(
  'Element',
  'setAttribute',
  'value',
);
export const removeAttribute: (element: Element, name: string) => void = take(
  'Element',
  'removeAttribute',
  'value',
);
export const replaceChildren: (element: Element, ...nodes: Node[]) => void = take(
  'Element',
  'replaceChildren',
  'value',
);
export const setInnerHtml: (element: Element, markup: string) => void = take('Element', 'innerHTML', 'set');
export const queryAll: (document: Document, selector: string) => ArrayLike<Element> = take(
  'Document',
  'querySelectorAll',
  'value',
);
/** Used only for its syntax errors: an empty fragment costs nothing to search. */
export const querySelector: (fragment: DocumentFragment, selector: string) => Element | null = take(
  'DocumentFragment',
  'querySelector',
  'value',
);
type Listen = (target: object, type: string, listener: (event: Event) => void, capture: boolean) => void;
export const addListener: Listen = take('EventTarget', 'addEventListener', 'value');
export const removeListener: Listen = take('EventTarget', 'removeEventListener', 'value');
/** Works on a `URL` of any window, and throws for anything else. */
export const hrefOf: (url: object) => string = take('URL', 'href', 'get');
export const implementationOf: Get<DOMImplementation> = take('Document', 'implementation', 'get');

type SetHtml = (element: Element, markup: string, options: { readonly sanitizer: object }) => void;

/** The Sanitizer API, where the browser has it. */
export const nativeSetHtml: SetHtml | undefined =
  types['Element'] && 'setHTML' in types['Element'].prototype
    ? take('Element', 'setHTML', 'value')
    : undefined;

export const htmlNamespace = 'http://www.w3.org/1999/xhtml';
