import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call } from '../../ir/ir.ts';
import { hasTrait } from '../../models/state-traits.ts';
import { type Slowness, slowness } from '../../regex/slowness.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { argument, calleeName, type Use } from '../kit/use.ts';

/** Reports regular expressions with exponential backtracking, whatever they are matched against. The confidence is low. */
export const useRule: UseRule = Object.freeze({
  id: 'regex/redos',
  title: 'Regular expression denial of service (ReDoS)',
  severity: 'low',
  cwe: [1333, 400],
  owasp: 'A06:2025 Insecure Design',
  advice: 'Rewrite the expression so that every text matches in one way only.',
  on: ['regex', 'call'],
  names: /^RegExp$/,
  modelled: /^(re|regex)\./,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  const found =
    inst.op === 'regex'
      ? slowness(inst.source, inst.flags, 'ecmascript')
      : inst.op === 'call'
        ? ofCall(use, inst)
        : undefined;
  if (found?.kind !== 'exponential') return undefined;
  return {
    message: `The expression takes exponential time to reject ${attackOn(found)}.`,
    confidence: 'low',
  };
}

function ofCall(use: Use, call: Call): Slowness | undefined {
  if (!use.language.patternsAreTexts) {
    if (calleeName(use, call) !== 'RegExp') return undefined;
    const source = constText(argument(use, call, 0));
    return source === undefined
      ? undefined
      : slowness(source, constText(argument(use, call, 1)) ?? '', 'ecmascript');
  }
  const isOfRe = hasTrait(use.frame.linked.states(use.frame.id, call.callee), 'reads-pattern');
  const source = isOfRe ? constText(argument(use, call, 0, 'pattern')) : undefined;
  return source === undefined
    ? undefined
    : slowness(source, '', 're', /fullmatch$/.test(calleeName(use, call)) ? 'fullmatch' : 'search');
}

/** The start of an attack, as the message quotes it: `'aaa...!'` */
function attackOn({ prefix, pump, suffix }: Pick<Slowness, 'prefix' | 'pump' | 'suffix'>): string {
  return `${JSON.stringify(prefix + pump.repeat(2)).slice(0, -1)}..."${suffix === '' ? '' : ` followed by ${JSON.stringify(suffix)}`}`;
}
