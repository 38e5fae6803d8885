/**
 * Deep merges that copy `__proto__`: extend before 3.0.2, merge before 2.1.1, deep-extend before 0.5.1, defaults-deep.
 * Not deepmerge 4, defu 6, dset and set-value, which skip it. Documentation: the README of each.
 */
import type { Condition, Models } from '../../../models/model.ts';

const deep: Condition = { at: 'Argument[0]', is: [true] };

export const objectMerge: Models = {
  language: 'javascript',
  sinks: [
    ['extend', 'Argument[2..]', 'prototype', deep],
    ['merge', 'Member[recursive].Argument[1..]', 'prototype'],
    ['deep-extend', 'Argument[1..]', 'prototype'],
    ['defaults-deep', 'Argument[1..]', 'prototype'],
    ['merge-objects', 'Argument[0..]', 'prototype'],
    // With this option, it also writes inherited members.
    [
      'object-path',
      'Member[withInheritedProps].Member[set,push,insert,ensureExists].Argument[1]',
      'prototype',
    ],
    [
      'object-path',
      'Member[create].ReturnValue.Member[set,push,insert,ensureExists].Argument[1]',
      'prototype',
      { at: 'Argument[this].Argument[0].Member[includeInheritedProps]', is: [true] },
    ],
  ],
  summaries: [
    ['extend', '', 'Argument[0..]', 'ReturnValue', 'value'],
    ['jquery.Function', 'Member[extend]', 'Argument[0..]', 'ReturnValue', 'value'],
    ['util', 'Member[_extend]', 'Argument[0..]', 'ReturnValue', 'value'],
    ['global', 'Member[angular].Member[extend,merge]', 'Argument[0..]', 'ReturnValue', 'value'],
    ['deep-extend', '', 'Argument[0..]', 'ReturnValue', 'taint'],
    ['merge-deep', '', 'Argument[0..]', 'ReturnValue', 'taint'],
    ['deepmerge', '', 'Argument[0,1]', 'ReturnValue', 'taint'],
    ['deepmerge', 'Member[all]', 'Argument[0].Element', 'ReturnValue', 'taint'],
    ['merge', '', 'Argument[0..]', 'ReturnValue', 'taint'],
    ['defu', 'Member[defu]', 'Argument[0..]', 'ReturnValue', 'taint'],
    ['defu', '', 'Argument[0..]', 'ReturnValue', 'taint'],
    ['object-assign', '', 'Argument[0..]', 'ReturnValue', 'value'],
    ['xtend', '', 'Argument[0..]', 'ReturnValue', 'value'],
    ['object-path', 'Member[get]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['dot-prop', 'Member[getProperty,get]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['clone', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['rfdc', 'ReturnValue', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
};
