/**
 * React 18 and 19, react-dom; Preact 10; Solid 1; HTML elements in JSX. Documentation:
 * https://react.dev/reference/react-dom/components/common
 */
import type { Models } from '../../models/model.ts';

export const react: Models = {
  language: 'javascript',
  types: [
    ['jsx.Props', 'jsx', 'Argument[0]'],
    ['jsx.Props', 'react', 'Member[createElement].Argument[1]'],
    ['jsx.Props', 'preact', 'Member[h,createElement].Argument[1]'],
    ['jsx.Props', 'react/jsx-runtime', 'Member[jsx,jsxs].Argument[1]'],
    ['dom.Element', 'react', 'Member[useRef,createRef].ReturnValue.Member[current]'],
    ['dom.Element', 'react-dom', 'Member[findDOMNode].ReturnValue'],
  ],
  sinks: [
    ['jsx.Props', 'Member[dangerouslySetInnerHTML].Member[__html]', 'xss'],
    ['jsx.Props', 'Member[innerHTML,srcDoc,srcdoc]', 'xss'],
    ['jsx.Props', 'Member[href,formAction,action,xlinkHref]', 'link'],
  ],
  summaries: [
    ['react', 'Member[useMemo]', 'Argument[0].ReturnValue', 'ReturnValue', 'value'],
    ['react', 'Member[memo,forwardRef]', 'Argument[0]', 'ReturnValue', 'value'],
    ['preact/compat', 'Member[memo,forwardRef]', 'Argument[0]', 'ReturnValue', 'value'],
    ['mobx-react', 'Member[observer]', 'Argument[0]', 'ReturnValue', 'value'],
    ['mobx-react-lite', 'Member[observer]', 'Argument[0]', 'ReturnValue', 'value'],
    ['preact/hooks', 'Member[useMemo]', 'Argument[0].ReturnValue', 'ReturnValue', 'value'],
  ],
  sanitizers: [
    [
      'react-dom/server',
      'Member[renderToString,renderToStaticMarkup,renderToPipeableStream,renderToReadableStream].ReturnValue',
      ['xss'],
    ],
    ['preact-render-to-string', 'ReturnValue', ['xss']],
    ['preact-render-to-string', 'Member[render,renderToString].ReturnValue', ['xss']],
  ],
  traits: [['jsx.Props', '', 'spreads-properties', 'deep']],
};
