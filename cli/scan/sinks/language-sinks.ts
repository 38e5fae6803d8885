import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { checkFilterPatterns } from './filter-patterns.ts';
import { checkFormat, checkPercent } from './format-sinks.ts';
import { checkProgramArguments } from './program-arguments.ts';
import { checkMerge, checkNestedStore } from './prototype-sinks.ts';
import { checkRecordCall, checkRecordStore, noteStoredNames } from './record-sinks.ts';
import { redosArguments } from './redos-sinks.ts';
import { checkReflection, noteLookUp } from './reflection-sinks.ts';
import { runLists } from './run-lists.ts';
import { checkSessionCall, checkSessionStore } from './session-sinks.ts';
import { checkShellProgram } from './shell-program.ts';
import { checkShellTemplate } from './shell-templates.ts';
import { hit, sinkOf } from './sinks.ts';

/**
 * Checks the sinks that rows of library models cannot describe: functions that are looked up by an untrusted name;
 * assignments under untrusted keys; untrusted format strings; the shells and programs that a call runs; slow regular
 * expressions; and regular expressions in database filters.
 */
export function checkLanguage(frame: FunctionView, value: ValueId, inst: Inst): void {
  switch (inst.op) {
    case 'index':
      noteLookUp(frame, value, inst);
      return;
    case 'object':
      noteStoredNames(frame, inst);
      return;
    case 'store-index':
      noteStoredNames(frame, inst);
      checkNestedStore(frame, value, inst);
      checkRecordStore(frame, value, inst);
      checkSessionStore(frame, value, inst);
      return;
    case 'call':
      noteLookUp(frame, value, inst);
      checkReflection(frame, value, inst);
      checkMerge(frame, value, inst);
      checkRecordCall(frame, value, inst);
      checkSessionCall(frame, value, inst);
      checkPrograms(frame, value, inst);
      checkSlowPattern(frame, value, inst);
      checkFormat(frame, value, inst);
      checkFilterPatterns(frame, value, inst);
      return;
    case 'binary':
      checkPercent(frame, value, inst);
      return;
  }
}

/** Checks the programs that a library call runs. */
function checkPrograms(frame: FunctionView, value: ValueId, inst: Inst & Call): void {
  const lists = runLists(frame, inst);
  if (lists.length > 0) {
    checkShellProgram(frame, value, inst, lists);
    checkShellTemplate(frame, value, inst, lists);
  }
  checkProgramArguments(frame, value, inst, lists);
}

/** Checks the texts that a call matches against a slow regular expression. */
function checkSlowPattern(frame: FunctionView, value: ValueId, inst: Inst & Call): void {
  for (const argument of redosArguments(frame, inst)) {
    const { kind, degree } = argument.slowness;
    const what = `a regular expression with ${degree === 2 ? 'quadratic' : kind} running time`;
    hit(
      frame,
      sinkOf(frame, degree === 2 ? 'quadratic' : 'redos', value, inst, what),
      frame.use(argument.value),
    );
  }
}
