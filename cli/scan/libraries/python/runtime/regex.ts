// re of Python 3.11, regex as documented.
import type { Models } from '../../../models/model.ts';

const functions = 'compile,match,search,fullmatch,sub,subn,split,findall,finditer';

/**
 * Regular expressions. Patterns are sinks here. Which of the patterns are slow, and on which text, is decided by a rule.
 */
export const regex: Models = {
  language: 'python',
  types: [
    ['re.Pattern', 're', 'Member[compile].ReturnValue'],
    ['re.Pattern', 're', 'Member[Pattern].Instance'],
    ['re.Pattern', 'regex', 'Member[compile].ReturnValue'],
    ['re.Match', 're', 'Member[match,search,fullmatch].ReturnValue'],
    ['re.Match', 're', 'Member[finditer].ReturnValue.AnyMember'],
    ['re.Match', 're', 'Member[Match].Instance'],
    ['re.Match', 'regex', 'Member[match,search,fullmatch].ReturnValue'],
    ['re.Match', 're.Pattern', 'Member[match,search,fullmatch].ReturnValue'],
    ['re.Match', 're.Pattern', 'Member[finditer].ReturnValue.AnyMember'],
  ],
  sinks: [
    ['re', `Member[${functions}].Argument[0,pattern:]`, 'regex'],
    ['regex', `Member[${functions}].Argument[0,pattern:]`, 'regex'],
    ['regex', `Member[subf,subfn,splititer].Argument[0,pattern:]`, 'regex'],
  ],
  summaries: [
    [
      're',
      'Member[match,search,fullmatch,findall,finditer,split]',
      'Argument[1,string:]',
      'ReturnValue',
      'taint',
    ],
    ['re', 'Member[sub,subn]', 'Argument[2,string:]', 'ReturnValue', 'taint'],
    ['re', 'Member[sub,subn]', 'Argument[1,repl:]', 'ReturnValue', 'taint'],
    ['re', 'Member[escape]', 'Argument[0,pattern:]', 'ReturnValue', 'taint'],
    [
      'regex',
      'Member[match,search,fullmatch,findall,finditer,split]',
      'Argument[1,string:]',
      'ReturnValue',
      'taint',
    ],
    ['regex', 'Member[sub,subn]', 'Argument[2,string:]', 'ReturnValue', 'taint'],
    [
      're.Pattern',
      'Member[match,search,fullmatch,findall,finditer,split]',
      'Argument[0,string:]',
      'ReturnValue',
      'taint',
    ],
    ['re.Pattern', 'Member[sub,subn]', 'Argument[1,string:]', 'ReturnValue', 'taint'],
    ['re.Pattern', 'Member[sub,subn]', 'Argument[0,repl:]', 'ReturnValue', 'taint'],
    [
      're.Match',
      'Member[group,groups,groupdict,expand,__getitem__]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
  ],
  sanitizers: [
    ['re', 'Member[escape].ReturnValue', ['regex']],
    ['regex', 'Member[escape].ReturnValue', ['regex']],
  ],
  traits: [
    ['re', 'Member[match]', 'matches-at-start'],
    ['re', 'Member[fullmatch]', 'matches-whole'],
    ['re', 'Member[search]', 'searches'],
    ['re', 'Member[findall,finditer]', 'finds-all'],
    ['re', 'Member[split]', 'splits'],
    ['re', 'Member[sub,subn]', 'replaces-all'],
    ['re', 'Member[compile,match,search,fullmatch,sub,subn,split,findall,finditer]', 'reads-pattern'],
    ['regex', 'Member[match]', 'matches-at-start'],
    ['regex', 'Member[fullmatch]', 'matches-whole'],
    ['regex', 'Member[search]', 'searches'],
    ['regex', 'Member[findall,finditer]', 'finds-all'],
    ['regex', 'Member[split]', 'splits'],
    ['regex', 'Member[sub,subn]', 'replaces-all'],
    ['regex', 'Member[compile,match,search,fullmatch,sub,subn,split,findall,finditer]', 'reads-pattern'],
  ],
};
