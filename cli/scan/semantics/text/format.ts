import {
  type Abstract,
  aText,
  cleaned,
  constant,
  deepTaints,
  tainted,
  unknown,
} from '../../dataflow/domain/abstract.ts';
import { load } from '../../dataflow/domain/entries.ts';
import { toAddresses } from '../../dataflow/domain/harmless-behind.ts';
import { kinds } from '../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Inst } from '../../ir/ir.ts';
import { constantText, textOf } from './text.ts';

/** The value of Python's `'...' % values`. */
export function formatPercent(
  frame: FunctionView,
  inst: Inst,
  pattern: Abstract,
  values: Abstract,
): Abstract {
  const text = constantText(pattern);
  if (text === undefined) return textOf(frame, inst, [withoutText(pattern), placed(pattern, values)]);
  const parts: Abstract[] = [];
  let next = 0;
  let end = 0;
  for (const hole of text.matchAll(
    /%(?:\(([^()]{0,100})\))?[-#0 +]*(?:\*|[1-9]\d*)?(?:\.(?:\*|\d+))?[hlL]?([a-zA-Z%])/g,
  )) {
    parts.push(constant(text.slice(end, hole.index)));
    end = hole.index + hole[0].length;
    const [, name, conversion = 's'] = hole;
    if (conversion === '%') parts.push(constant('%'));
    else {
      const isList = values.shape === 'list' && values.length !== undefined;
      const value = name !== undefined ? load(values, name) : isList ? load(values, String(next)) : values;
      next++;
      parts.push(converted(conversion, value));
    }
    if (parts.length > 400) return textOf(frame, inst, [pattern, values]);
  }
  parts.push(constant(text.slice(end)));
  return textOf(frame, inst, parts);
}

/** The value of Python's `'...'.format(...)`. */
export function formatBraces(
  frame: FunctionView,
  inst: Inst,
  pattern: Abstract,
  args: readonly Abstract[],
  named: ReadonlyMap<string, Abstract>,
): Abstract {
  const text = constantText(pattern);
  const all = [pattern, ...args, ...named.values()];
  if (text === undefined)
    return textOf(frame, inst, [withoutText(pattern), ...all.slice(1).map((one) => placed(pattern, one))]);
  const parts: Abstract[] = [];
  let next = 0;
  let end = 0;
  for (const hole of text.matchAll(
    /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::([^{}]*(?:\{[^{}]*\}[^{}]*)*))?\}/g,
  )) {
    parts.push(constant(text.slice(end, hole.index)));
    end = hole.index + hole[0].length;
    const [whole, path = '', conversion, spec = ''] = hole;
    if (whole === '{{' || whole === '}}') parts.push(constant(whole[0] as string));
    else {
      const [first = '', ...more] = path.split(/[.[\]]+/).filter((one, i) => one !== '' || i === 0);
      const start =
        first === ''
          ? args[next++]
          : /^\d+$/.test(first)
            ? args[Number(first)]
            : (named.get(first) ?? named.get('**'));
      const value = more.reduce((at, name) => load(at, name), start ?? unknown);
      parts.push(
        converted(
          conversion === 'r' || conversion === 'a' ? 'r' : /[bcdeEfFgGnoxX%]$/.test(spec) ? 'd' : 's',
          value,
        ),
      );
    }
    if (parts.length > 400) return textOf(frame, inst, all);
  }
  parts.push(constant(text.slice(end)));
  return textOf(frame, inst, parts);
}

/** A format string without its known beginning: values are put into it, and do not follow it. */
function withoutText(pattern: Abstract): Abstract {
  return { ...pattern, consts: undefined, textTemplate: undefined };
}

/**
 * A value that is put into an unknown format string, such as a setting. Whoever wrote the setting chose the host, and
 * the place of the value behind it.
 */
function placed({ consts, taints, textTemplate }: Abstract, value: Abstract): Abstract {
  return consts || taints.length > 0 || textTemplate !== undefined ? value : cleaned(value, toAddresses);
}

function converted(conversion: string, value: Abstract): Abstract {
  if ('diouxXeEfFgGc'.includes(conversion)) return aText;
  if (value.consts) return value;
  const taints = deepTaints(value);
  if (conversion === 'r' || conversion === 'a') return quoted(tainted(taints, 'text'));
  return value.fields || value.rest ? tainted(taints, 'text') : value;
}

/** The value that `repr` returns: line breaks are escaped. */
export function quoted(value: Abstract): Abstract {
  return {
    ...value,
    taints: value.taints.map((taint) => ({ ...taint, exact: false, clean: taint.clean.union(logKinds) })),
  };
}

const logKinds = kinds('log', 'header', 'mail');
