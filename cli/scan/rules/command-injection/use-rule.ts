import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { calleeName, given, isConst, known, option, type Use } from '../kit/use.ts';
import { hasImport } from '../kit/value/imports-of.ts';
import { textParts } from '../kit/value/text-parts.ts';
import { rule } from './rule.ts';

/**
 * Reports shell commands that contain a local path or an argument of the program. If the path or argument has a space or a
 * shell character, the command breaks. The report is only a hint, as the user who starts the program may run commands
 * anyway.
 */
export const useRule: UseRule = Object.freeze({
  id: rule.id,
  title: rule.title,
  severity: 'low',
  cwe: rule.cwe,
  owasp: rule.owasp,
  advice: rule.advice,
  ...(rule.pythonAdvice ? { pythonAdvice: rule.pythonAdvice } : {}),
  on: ['call'],
  names:
    /^(exec|execSync|execaCommand|system|popen|getoutput|run|call|check_call|check_output|Popen|spawn|spawnSync)$/,
  look,
} satisfies UseRule);

/** Modules with functions that run shell commands. */
const shells = /^((node:)?child_process|execa|shelljs|os|subprocess)$/;

type Origin = 'argument' | 'location';

function look(use: Use): UseReport | undefined {
  const { inst, frame } = use;
  if (inst.op !== 'call' || !hasImport(frame.linked, shells)) return undefined;
  if (inTests(use) || !isShell(use, inst)) return undefined;
  const [text] = inst.args;
  if (text === undefined) return undefined;
  const origins = textParts(frame.func, text)
    .slice(0, maxParts)
    .map((value) => originOf(use, { func: frame.id, value }));
  if (origins.includes('argument'))
    return { message: 'A command-line argument becomes part of a shell command.', confidence: 'low' };
  if (!origins.includes('location') || isQuoted(known(use, text)?.textTemplate)) return undefined;
  return { message: 'A local path becomes part of a shell command without quotes.', confidence: 'low' };
}

const maxParts = 20;
const maxSteps = 30;

function isShell(use: Use, call: Call): boolean {
  const library = libraryOf(use, call);
  if (library === '') return false;
  const name = calleeName(use, call);
  if (/^(node:)?child_process$/.test(library))
    return (
      /^exec(Sync)?$/.test(name) || call.args.some((arg) => isConst(option(known(use, arg), 'shell'), true))
    );
  if (library === 'execa' || library === 'shelljs') return /^(exec|execaCommand)$/.test(name);
  if (library === 'os') return /^(system|popen)$/.test(name);
  if (library !== 'subprocess') return false;
  return name === 'getoutput' || isConst(given(use, call, -1, 'shell'), true);
}

/** The package of the callee. */
function libraryOf({ frame }: Use, call: Call): string {
  const callee = frame.inst(call.callee);
  if (callee.op === 'global') return '';
  const owner = callee.op === 'member' ? callee.object : call.callee;
  const inst = instOf(frame.linked, madeBy(frame.linked, { func: frame.id, value: owner }));
  return inst?.op === 'import' ? inst.specifier : '';
}

/** `git -C "\0" pull` */
function isQuoted(skeleton: string | undefined): boolean {
  return skeleton !== undefined && !skeleton.replace(/"[^"]*"|'[^']*'/g, '').includes('\0');
}

const places = /^(cwd|homedir|getcwd|getcwdb|home|expanduser)$/;
const passing =
  /^(join|resolve|normalize|dirname|basename|abspath|realpath|relpath|joinpath|str|String|Path|toString|format|as_posix)$/;

/** The origin of a text's part, traced through path functions. */
function originOf({ frame: { linked } }: Use, from: Place): Origin | undefined {
  const queue: Place[] = [from];
  const seen = new Set<string>();
  let found: Origin | undefined;
  for (let next = queue.shift(); next && seen.size < maxSteps; next = queue.shift()) {
    const place = madeBy(linked, next);
    const key = `${place.func} ${place.value}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const inst = instOf(linked, place);
    const at = (value: ValueId): Inst | undefined =>
      instOf(linked, madeBy(linked, { func: place.func, value }));
    if (!inst) continue;
    if (isArguments(inst, at)) return 'argument';
    if (inst.op === 'global' && /^__(dirname|filename|file__)$/.test(inst.name)) found = 'location';
    if (inst.op === 'call') {
      const name = nameOfCallee(at(inst.callee));
      if (places.test(name)) found = 'location';
      else if (passing.test(name))
        queue.push(...inst.args.slice(0, 6).map((value) => ({ func: place.func, value })));
    }
    if (inst.op === 'binary')
      queue.push(...[inst.left, inst.right].map((value) => ({ func: place.func, value })));
    if (inst.op === 'text')
      queue.push(...inst.parts.slice(0, 6).map((value) => ({ func: place.func, value })));
  }
  return found;
}

/** `process.argv[2]`, `sys.argv[1]`, `parser.parse_args().name`, `program.opts().name` */
function isArguments(inst: Inst, at: (value: ValueId) => Inst | undefined): boolean {
  if (inst.op !== 'index' && inst.op !== 'member') return false;
  const object = at(inst.object);
  if (object?.op === 'call')
    return /^(parse_args|parseArgs|opts|parse_known_args)$/.test(nameOfCallee(at(object.callee)));
  return (object?.op === 'member' || object?.op === 'import') && object.name === 'argv';
}
