import { madeBy } from '../../callgraph/query/made-by.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, Inst, Module } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { UseReport } from '../kit/rule.ts';
import { given, isA, isConst, mayBeSpread, option, type Use } from '../kit/use.ts';

/** Reports escaping that is off in a Python template engine, by an option or by default. */
export function pythonAutoescape(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op === 'call') return ofCall(use, inst);
  if (inst.op === 'object') return ofDjango(use, inst);
  if (inst.op !== 'store' || inst.name !== 'autoescape') return undefined;
  const isOff = isA(use, inst.object, 'jinja2.Environment') && isConst(use.frame.values[inst.value], false);
  return isOff ? { message: 'Auto-escaping is switched off.', confidence: 'high' } : undefined;
}

function ofCall(use: Use, call: Call): UseReport | undefined {
  const { callee } = call;
  const autoescape = given(use, call, -1, 'autoescape');
  const isOff = isConst(autoescape, false, null, '');
  if (isA(use, callee, 'use.JinjaEnvironment', 'use.JinjaTemplate')) {
    const isLeftOff = !autoescape && !mayBeSpread(use, call);
    if (!isOff && !isLeftOff) return undefined;
    const message = isOff
      ? 'Jinja2 auto-escaping is switched off.'
      : 'Jinja2 does not escape by default, and `autoescape` is not set.';
    return { message, confidence: jinjaConfidence(use, call) };
  }
  if (isA(use, callee, 'use.JinjaTemplates', 'use.DjangoContext') && isOff)
    return { message: 'Templates are rendered without escaping.', confidence: 'medium' };
  // Often, the reason is plain-text mail.
  if (isA(use, callee, 'use.TornadoTemplates') && autoescape && isOff)
    return { message: 'Tornado auto-escaping is switched off.', confidence: 'high' };
  if (isA(use, callee, 'use.BottleTemplate') && isConst(given(use, call, -1, 'noescape'), true))
    return { message: 'Bottle templates do not escape values.', confidence: 'high' };
  if (isA(use, callee, 'use.MakoLookup', 'use.MakoTemplate')) {
    const filters = given(use, call, -1, 'default_filters');
    if (filters ? !isListWithout(filters) : mayBeSpread(use, call)) return undefined;
    const confidence = isA(use, callee, 'use.MakoLookup') ? madeForHtml(use) : 'low';
    return { message: 'Mako does not escape without `h` in `default_filters`.', confidence };
  }
  return undefined;
}

function isListWithout(filters: NonNullable<ReturnType<typeof given>>): boolean {
  if (filters.length === undefined) return false;
  return ![...(filters.fields?.values() ?? [])].some((one) =>
    /^(h|x|escape|html_escape|xml)$/.test(constText(one) ?? 'h'),
  );
}

function jinjaConfidence(use: Use, call: Call): UseReport['confidence'] {
  // Custom delimiters are for LaTeX, C or a shell.
  const hasDelimiters = ['block_start_string', 'variable_start_string'].some((name) =>
    given(use, call, -1, name),
  );
  if (hasDelimiters || isA(use, call.callee, 'use.JinjaTemplate')) return 'low';
  return madeForHtml(use);
}

const html = /\.x?html?(?:\.(?:j2|jinja2?|mako|tmpl|tpl))?$/i;
const other =
  /\.(?:txt|md|rst|tex|sql|ya?ml|conf|cfg|ini|toml|json|env|py|pyi|js|ts|c|cc|cpp|h|hpp|go|rs|java|kt|swift|cs|rb|sh|bash|service|nginx|tf|dockerfile|proto|csv)(?:\.(?:j2|jinja2?|mako|tmpl|tpl))?$/i;

/** The confidence, by the names of templates and the markup in the file. */
function madeForHtml({ frame }: Use): 'medium' | 'low' {
  const module = frame.linked.program.modules[frame.info.module];
  return module ? confidenceIn(module) : 'medium';
}

const confidenceIn = memoized((module: Module): 'medium' | 'low' => {
  let isOther = false;
  for (const func of module.functions) {
    for (const inst of func.code) {
      if (inst.op !== 'const' || typeof inst.value !== 'string') continue;
      if (html.test(inst.value) || /<[a-z][a-z0-9]*[ >]/i.test(inst.value)) return 'medium';
      if (other.test(inst.value)) isOther = true;
    }
  }
  return isOther ? 'low' : 'medium';
});

/** `"OPTIONS": {"autoescape": False}` of Django's TEMPLATES. */
function ofDjango(use: Use, inst: Inst & { op: 'object' }): UseReport | undefined {
  const { frame } = use;
  const at = inst.keys.indexOf('OPTIONS');
  const backend = inst.values[inst.keys.indexOf('BACKEND')];
  const options = inst.values[at];
  if (at < 0 || backend === undefined || options === undefined) return undefined;
  if (!constText(frame.values[backend])?.startsWith('django.template.backends.')) return undefined;
  if (!isConst(option(frame.values[options], 'autoescape'), false)) return undefined;
  // The place of the entry itself, if it is in the same function.
  const place = madeBy(frame.linked, { func: frame.id, value: options });
  const made = place.func === frame.id ? frame.inst(place.value) : undefined;
  const value = made?.op === 'object' ? made.values[made.keys.indexOf('autoescape')] : undefined;
  return {
    message: 'Django auto-escaping is switched off.',
    confidence: 'high',
    ...(value === undefined ? {} : { value }),
  };
}
