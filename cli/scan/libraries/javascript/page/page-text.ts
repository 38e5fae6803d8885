/**
 * Text and attributes of a page are read back unescaped: untrusted data that was only displayed can become markup.
 * Documentation: https://developer.mozilla.org/docs/Web/API/Node/textContent
 */
import type { Condition, Models } from '../../../models/model.ts';

/** jQuery's methods read if they are called without a value to set. */
const reads: Condition = { at: 'Argument[0]', orAbsent: true };
const readsOne: Condition = { at: 'Argument[1]', orAbsent: true };

export const pageText: Models = {
  language: 'javascript',
  sources: [
    ['dom.Element', 'Member[textContent,innerText,outerText,value,title,alt,placeholder]', 'page'],
    ['dom.Element', 'Member[getAttribute].ReturnValue', 'page'],
    ['dom.Element', 'Member[dataset].AnyMember', 'page'],
    ['dom.Window', 'Member[getSelection].ReturnValue.Member[toString].ReturnValue', 'page'],
    ['jquery.Collection', 'Member[text,val].ReturnValue', 'page', reads],
    ['jquery.Collection', 'Member[attr,data,prop].ReturnValue', 'page', readsOne],
  ],
  traits: [['jquery.Collection', '', 'sets-by-object', 'deep']],
};
