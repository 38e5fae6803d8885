import type { SafeHtml } from '../values/safe-html.ts';
import type { SafeScript } from '../values/safe-script-type.ts';
import type { SafeStyle } from '../values/safe-style-type.ts';
import type { InnerHtml } from './inner-html.ts';
import type { TrustedUrl } from './safe-values.ts';

/** The properties of an element as the types of a framework say, narrowed to what may be rendered. */
export type Narrowed<Props, Element> = {
  [Name in keyof Props]: Name extends 'dangerouslySetInnerHTML'
    ? InnerHtml | { readonly __html: ContentOf<Element> } | undefined
    : Name extends 'srcDoc' | 'srcdoc'
      ? SafeHtml | undefined
      : Name extends 'innerHTML' | 'outerHTML'
        ? undefined
        : Name extends UrlName
          ? Props[Name] | TrustedUrl
          : Name extends 'style'
            ? Exclude<Props[Name], string>
            : Name extends 'children'
              ? ChildrenOf<Props[Name], Element>
              : Name extends `on${string}`
                ? Exclude<Props[Name], string>
                : Props[Name];
};

type ContentOf<Element> = Element extends 'script'
  ? SafeScript
  : Element extends 'style'
    ? SafeStyle
    : SafeHtml;

type ChildrenOf<Children, Element> = Element extends 'script'
  ? SafeScript | null | undefined
  : Element extends 'style'
    ? Children | SafeStyle
    : Children;

type UrlName =
  | 'href'
  | 'src'
  | 'action'
  | 'formAction'
  | 'formaction'
  | 'xlinkHref'
  | 'poster'
  | 'cite'
  | 'data';
