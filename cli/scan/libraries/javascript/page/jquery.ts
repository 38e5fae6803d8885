/** jQuery 1.9 to 4. Documentation: https://api.jquery.com */
import type { Condition, Models } from '../../../models/model.ts';

const linkAttributes: Condition = { at: 'Argument[0]', is: ['href', 'action', 'formaction'] };

/** What these methods insert into, which they read as `$()` does. */
const target = 'Member[appendTo,prependTo,insertBefore,insertAfter,replaceAll].Argument[0]';

export const jquery: Models = {
  language: 'javascript',
  types: [
    ['jquery.Function', 'jquery', ''],
    ['jquery.Function', 'global', 'Member[$,jQuery]'],
    ['jquery.Function', 'global', 'Member[window].Member[$,jQuery]'],
    ['jquery.Collection', 'jquery.Function', 'ReturnValue'],
    ['jquery.Collection', 'global', 'Member[JQuery].Instance'],
    ['jquery.Collection', 'jquery.Collection', 'AnyMember.ReturnValue'],
    ['dom.Element', 'jquery.Collection', 'Member[get].ReturnValue'],
    ['dom.Element', 'jquery.Collection', 'Member[0]'],
  ],
  sources: [
    ['jquery.Function', 'Member[fn].AnyMember.Parameter[0,1]', 'caller'],
    ['jquery.Function', 'Member[fn].Member[extend].Argument[0].AnyMember.Parameter[0,1]', 'caller'],
    ['jquery.Function', 'Member[get,post,getJSON].Argument[1,2].Parameter[0]', 'stored'],
    ['jquery.Function', 'Member[ajax].Argument[0,1].Member[success].Parameter[0]', 'stored'],
    [
      'jquery.Function',
      'Member[get,post,getJSON,ajax].ReturnValue.Member[done,then].Argument[0].Parameter[0]',
      'stored',
    ],
  ],
  sinks: [
    ['jquery.Function', 'Member[ajax,get,post,getJSON].Argument[0]', 'ssrf'],
    ['jquery.Function', 'Member[ajax].Argument[0,1].Member[url]', 'ssrf'],
    ['jquery.Function', 'Member[get,post].Argument[0].Member[url]', 'ssrf'],
    // Markup if the string begins with `<`, otherwise a selector.
    ['jquery.Function', 'Argument[0]', 'xss'],
    ['jquery.Collection', target, 'xss'],
    ['jquery.Function', 'Member[parseHTML].Argument[0]', 'xss'],
    ['jquery.Function', 'Member[globalEval].Argument[0]', 'code'],
    [
      'jquery.Collection',
      'Member[html,append,prepend,before,after,replaceWith,wrap,wrapAll,wrapInner].Argument[0..]',
      'xss',
    ],
    ['jquery.Collection', 'Member[attr,prop].Argument[1]', 'link', linkAttributes],
    [
      'jquery.Collection',
      'Member[attr,prop].Argument[1]',
      'xss',
      { at: 'Argument[0]', is: ['srcdoc', 'innerHTML', 'outerHTML'] },
    ],
    ['jquery.Function', 'Member[extend].Argument[2..]', 'prototype', { at: 'Argument[0]', is: [true] }],
  ],
  traits: [
    ['jquery.Function', 'Argument[0]', 'takes-selector-or-markup'],
    ['jquery.Collection', target, 'takes-selector-or-markup'],
    ['jquery.Collection', target, 'takes-element-or-markup'],
  ],
};
