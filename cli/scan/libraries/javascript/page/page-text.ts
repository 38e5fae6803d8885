/**
 * What stands in a page as text or as an attribute is read back without its escapes: markup of others, where it was only
 * shown before. Documentation: https://developer.mozilla.org/docs/Web/API/Node/textContent
 */
import type { Condition, Models } from '../../../models/model.ts';

/** jQuery's methods read where they are given nothing to set. */
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
