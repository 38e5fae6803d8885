/**
 * Node 20 to 24: vm, module, worker_threads, inspector, repl; vm2, isolated-vm, safe-eval, mathjs, jsonpath.
 * Documentation: https://nodejs.org/docs/latest-v24.x/api/vm.html
 */
import type { Models } from '../../../models/model.ts';

export const nodeCode: Models = {
  language: 'javascript',
  sinks: [
    ['vm', 'Member[runInContext,runInNewContext,runInThisContext,compileFunction].Argument[0]', 'code'],
    ['vm', 'Member[Script,SourceTextModule].Argument[0]', 'code'],
    ['worker_threads', 'Member[Worker].Argument[0]', 'code', { at: 'Argument[1].Member[eval]', is: [true] }],
    [
      'worker_threads',
      'Member[Worker].Argument[0]',
      'path',
      { at: 'Argument[1].Member[eval]', is: [true], not: true },
    ],
    ['module', 'Member[createRequire].ReturnValue.Argument[0]', 'reflection'],
    ['global', 'Member[require,import].Argument[0]', 'reflection'],
    ['global', 'Member[require].Member[resolve].Argument[0]', 'reflection'],
    ['global', 'Member[module].Member[require].Argument[0]', 'reflection'],
    ['import-fresh', 'Argument[0]', 'reflection'],
    ['vm2', 'Member[VM,NodeVM].Instance.Member[run].Argument[0]', 'code'],
    ['vm2', 'Member[VMScript].Argument[0]', 'code'],
    ['safe-eval', 'Argument[0]', 'code'],
    ['notevil', 'Argument[0]', 'code'],
    ['static-eval', 'Argument[0]', 'code'],
    ['eval', 'Argument[0]', 'code'],
    ['node-eval', 'Argument[0]', 'code'],
    ['require-from-string', 'Argument[0]', 'code'],
    ['jsonpath', 'Member[query,value,paths,nodes,apply,parent].Argument[1]', 'code'],
    ['jsonpath-plus', 'Member[JSONPath].Argument[0].Member[path]', 'code'],
    ['expr-eval', 'Member[Parser].Member[evaluate].Argument[0]', 'code'],
  ],
};
