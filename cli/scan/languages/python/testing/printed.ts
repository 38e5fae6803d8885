import { printIr } from '../../../ir/print-ir.ts';
import { verifyIr } from '../../../ir/verify-ir.ts';
import { createPythonReader } from '../parse/python-reader.ts';

const read = await createPythonReader();

/** For tests: the code of one function of a source, or of the module, one line an instruction. */
export function printed(source: string, name = '<module>'): string {
  const module = read('a.py', source);
  const broken = verifyIr(module);
  if (broken.length > 0 || module.problems.length > 0)
    throw new Error([...broken, ...module.problems.map((it) => it.message)].join('\n'));
  const functions = printIr(module).split('\n\n');
  const found = functions.find((text) => text.startsWith(`${name}(`));
  if (found === undefined) throw new Error(`no ${name} in\n${functions.join('\n')}`);
  return found.trimEnd();
}
