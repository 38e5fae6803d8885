import type { Linked } from '../../callgraph/linked.ts';
import { boundArgument } from '../../callgraph/query/bound-arguments.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { settingInstructions } from '../kit/settings.ts';
import { argument, argumentId, given, isA, isConst, mayBeSpread, type Use } from '../kit/use.ts';
import { pickleSetting, pickleSettings } from './pickle-settings.ts';

/** Reports YAML loaders that can create objects of any class, and settings that make sessions or messages use pickle. */
export const useRule: UseRule = Object.freeze({
  id: 'deserialize/untrusted',
  title: 'Unsafe deserialisation',
  severity: 'medium',
  cwe: [502],
  owasp: 'A08:2025 Software or Data Integrity Failures',
  advice: 'Use `yaml.safe_load`, or `yaml.load` with `SafeLoader`.',
  on: settingInstructions,
  names: pickleSettings,
  modelled: /^$|^use\.(YamlUnsafe|YamlLoad|RuamelClass|RuamelLoad)$/,
  look,
} satisfies UseRule);

const loaders: ByHost<(use: Use, call: Call) => UseReport | undefined> = {
  javascript: ofJavascript,
  python: ofPython,
};

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  const loaded = inst.op === 'call' ? byHost(use.language, loaders)?.(use, inst) : undefined;
  const report = loaded ?? pickleSetting(use);
  return report && inTests(use) ? { ...report, confidence: 'low' } : report;
}

function ofPython(use: Use, call: Call): UseReport | undefined {
  // A literal of the program only creates the objects in it.
  const isWritten = constText(argument(use, call, 0)) !== undefined;
  if (isA(use, call.callee, 'use.YamlUnsafe')) return isWritten ? undefined : unsafe;
  if (isA(use, call.callee, 'use.RuamelClass'))
    return isConst(given(use, call, 1, 'typ') ?? given(use, call, 0, 'typ'), 'unsafe') ? unsafe : undefined;
  if (!isA(use, call.callee, 'use.YamlLoad', 'use.RuamelLoad')) return undefined;
  const { linked, id } = use.frame;
  const own = argumentId(use, call, 1, 'Loader');
  const loader = own === undefined ? boundArgument(linked, id, call, ['Loader']) : { func: id, value: own };
  if (loader === undefined) return mayBeSpread(use, call) || call.args.length === 0 ? undefined : unsafe;
  if (isWritten) return undefined;
  const name = loaderName(linked, loader);
  // Since PyYAML 5.4, FullLoader creates no objects of the program's classes.
  if (name === 'FullLoader') return { ...unsafe, confidence: 'low' };
  return name && /^C?(?:Unsafe)?Loader$/.test(name) ? unsafe : undefined;
}

const unsafe: UseReport = Object.freeze({
  message: 'The YAML loader can create any object, and so run code.',
  confidence: 'medium',
});

/** `UnsafeLoader` of `yaml.UnsafeLoader`, or of the program's class that extends it. */
function loaderName(linked: Linked, loader: Place): string | undefined {
  let place = madeBy(linked, loader);
  for (let depth = 0; depth < 5; depth++) {
    const inst = instOf(linked, place);
    if (inst?.op === 'member' || inst?.op === 'import') return inst.name;
    const base = inst?.op === 'class' ? inst.bases[0] : undefined;
    if (base === undefined) return undefined;
    place = madeBy(linked, { func: place.func, value: base });
  }
  return undefined;
}

/** js-yaml 3 has a schema with functions and regular expressions. */
function ofJavascript(use: Use, call: Call): UseReport | undefined {
  if (!isA(use, call.callee, 'use.YamlLoad')) return undefined;
  const options = call.args.map((arg) => madeBy(use.frame.linked, { func: use.frame.id, value: arg }));
  for (const place of options) {
    const inst = instOf(use.frame.linked, place);
    const schema = inst?.op === 'object' ? inst.values[inst.keys.indexOf('schema')] : undefined;
    if (schema === undefined) continue;
    const made = instOf(use.frame.linked, madeBy(use.frame.linked, { func: place.func, value: schema }));
    if ((made?.op === 'member' || made?.op === 'import') && made.name === 'DEFAULT_FULL_SCHEMA')
      return { message: 'The YAML schema turns text into functions.', confidence: 'medium' };
  }
  return undefined;
}
