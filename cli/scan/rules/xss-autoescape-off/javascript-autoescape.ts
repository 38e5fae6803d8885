import type { Call, Func, ValueId } from '../../ir/ir.ts';
import type { UseReport } from '../kit/rule.ts';
import { argument, isA, isConst, option, type Use } from '../kit/use.ts';
import { ofStrictContext } from './strict-context.ts';

/** Reports escaping that is switched off in a JavaScript template engine. */
export function javascriptAutoescape(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op === 'call') return ofCall(use, inst);
  if (inst.op !== 'store') return undefined;
  const isEscape =
    (inst.name === 'escape' && isA(use, inst.object, 'use.Mustache')) || inst.name === 'escapeExpression';
  return isEscape && isIdentity(use, inst.value)
    ? off('The escape function returns its text unchanged.')
    : undefined;
}

function ofCall(use: Use, call: Call): UseReport | undefined {
  const { callee } = call;
  if (isA(use, callee, 'use.NunjucksConfigure', 'use.NunjucksEnvironment')) {
    // `configure('views', options)`, `configure(options)`, `new Environment(loader, options)`
    const isOff = [0, 1].some((i) => isConst(option(argument(use, call, i), 'autoescape'), false));
    return isOff ? off('Nunjucks auto-escaping is switched off.') : undefined;
  }
  if (isA(use, callee, 'use.HandlebarsCompile'))
    return isConst(option(argument(use, call, 1), 'noEscape'), true)
      ? off('Handlebars escaping is switched off.')
      : undefined;
  if (isA(use, callee, 'use.EtaClass', 'use.EtaConfigure'))
    return isConst(option(argument(use, call, 0), 'autoEscape'), false)
      ? off('Eta escaping is switched off.')
      : undefined;
  if (isA(use, callee, 'use.SwigDefaults'))
    return isConst(option(argument(use, call, 0), 'autoescape'), false)
      ? off('Swig escaping is switched off.')
      : undefined;
  return ofStrictContext(use, call);
}

function off(message: string): UseReport {
  return { message, confidence: 'high' };
}

/** `(text) => text` */
function isIdentity({ frame }: Use, value: ValueId): boolean {
  const ids = frame.linked.functions(frame.id, value);
  const func: Func | undefined = frame.linked.program.functions[ids[0] ?? -1]?.func;
  if (ids.length !== 1 || !func || func.params.length !== 1) return false;
  const returns = func.blocks.flatMap(({ end }) => (end.kind === 'return' ? [func.code[end.value]] : []));
  return returns.length === 1 && returns[0]?.op === 'param';
}
