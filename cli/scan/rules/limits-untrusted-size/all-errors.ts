import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { literalOf } from '../../dataflow/query/literal.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import type { UseReport } from '../kit/rule.ts';
import { argument, isConst, known, option, type Use } from '../kit/use.ts';
import { isSentByOthers } from '../kit/value/sent-by-others.ts';

/**
 * Matches the usual names of Ajv's class, of its functions, and of the validators that Ajv makes: `Ajv`, `validate`,
 * `isUser`.
 */
export const validatorNames: RegExp = /^(?:Ajv\w*|default|(?:is|check|validate)(?:[A-Z_]\w*)?)$/;

const message = 'Ajv reports every error, and untrusted input can have thousands.';

/**
 * Reports an Ajv validator that collects all errors, `new Ajv({ allErrors: true })`, and validates untrusted data. Each item
 * of a long list can be one more error, which costs time and memory.
 */
export function ofAllErrors(use: Use, call: Call): UseReport | undefined {
  const { frame } = use;
  const callee = frame.inst(call.callee);
  if (call.isNew)
    return isAjv(frame.inst(call.callee)) && findsAll(use, call) ? { message, confidence: 'low' } : undefined;
  const isMethod = callee.op === 'member' && callee.name === 'validate';
  const data = isMethod ? call.args[1] : call.args[0];
  if (data === undefined || (!isMethod && call.args.length > 2)) return undefined;
  const maker = isMethod ? callee.object : compilerOf(use, call.callee);
  const made =
    maker === undefined
      ? undefined
      : madeBy(frame.linked, isMethod ? at(use, maker as ValueId) : (maker as Place));
  const ajv = made && instOf(frame.linked, made);
  if (!made || ajv?.op !== 'call' || !ajv.isNew) return undefined;
  if (!isAjv(instOf(frame.linked, { func: made.func, value: ajv.callee }))) return undefined;
  const options = ajv.args[0];
  if (options === undefined) return undefined;
  const given = literalOf(frame.linked, { func: made.func, value: options });
  return isConst(option(given, 'allErrors'), true) && isSentByOthers(frame, data)
    ? { message, confidence: 'medium' }
    : undefined;
}

function at({ frame }: Use, value: ValueId): Place {
  return { func: frame.id, value };
}

/** `const validate = ajv.compile(schema)`, also in another file. */
function compilerOf(use: Use, callee: ValueId): Place | undefined {
  const { linked } = use.frame;
  const place = madeBy(linked, at(use, callee));
  const inst = instOf(linked, place);
  const method = inst?.op === 'call' ? instOf(linked, { func: place.func, value: inst.callee }) : undefined;
  return method?.op === 'member' && /^(?:compile|getSchema)$/.test(method.name)
    ? { func: place.func, value: method.object }
    : undefined;
}

function isAjv(inst: Inst | undefined): boolean {
  return inst?.op === 'import' && /^ajv(?:\/|$)/.test(inst.specifier);
}

function findsAll(use: Use, call: Call): boolean {
  return isConst(option(argument(use, call, 0), 'allErrors'), true);
}

/** Reports `Fastify({ ajv: { customOptions: { allErrors: true } } })`: Fastify then collects all errors of each request. */
export function ofFastify(use: Use, inst: Inst & { op: 'object' }): UseReport | undefined {
  const options = inst.values[inst.keys.indexOf('customOptions')];
  if (options === undefined || !isConst(option(known(use, options), 'allErrors'), true)) return undefined;
  return { message, confidence: 'medium' };
}
