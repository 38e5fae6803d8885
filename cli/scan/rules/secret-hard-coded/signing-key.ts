import type { Inst } from '../../ir/ir.ts';
import type { UseReport } from '../kit/rule.ts';
import { isSecretOutright } from '../kit/sensitive/secret-text.ts';
import { type Setting, settingsOf } from '../kit/settings.ts';
import { calleeName, isA, type Use } from '../kit/use.ts';
import { isDjangoSettings } from '../kit/web/django-settings.ts';

/**
 * Reports a string literal that a Python framework signs sessions with. Even a placeholder (`dev`, `change-me`) is the key
 * until it is replaced, and everyone knows it.
 */
export function signingKey(use: Use): UseReport | undefined {
  if (!use.language.settingsAreVariables) return undefined;
  for (const setting of settingsOf(use)) {
    const given = use.frame.inst(setting.value);
    const inst = given.op === 'typed' ? use.frame.inst(given.value) : given;
    if (inst.op !== 'const' || typeof inst.value !== 'string' || !isKey(inst.value)) continue;
    if (!signs(use, setting)) continue;
    return {
      message: `\`${setting.name}\` is a hard-coded string, so anyone who knows it can forge signatures.`,
      confidence: 'medium',
      value: setting.value,
    };
  }
  return undefined;
}

/** Excludes placeholders of project templates: `{{ cookiecutter.key }}`, `<key>`. */
function isKey(text: string): boolean {
  return text.length > 0 && text.length < 200 && !/[<>{}]|^\$|^%/.test(text);
}

function signs(use: Use, { name, how }: Setting): boolean {
  const { frame, inst } = use;
  if (name === 'SECRET_KEY') {
    if (how === 'variable') return isDjangoSettings(use);
    if (inst.op === 'class') return /Config|Settings/.test(classOf(use, inst.class).name);
    // `app.config["SECRET_KEY"]`
    if (inst.op === 'store-index') return isConfig(use, inst.object);
    // `app.config.from_mapping(SECRET_KEY=...)`
    return how === 'keyword' && inst.op === 'call' && isFilling(use, inst.callee);
  }
  // A field of pydantic's settings has this value unless the environment sets it.
  if (inst.op === 'class') return isSecretOutright(name) && isSettings(use, inst);
  if (name === 'secret_key' && inst.op === 'store') return isA(use, inst.object, 'flask.Flask');
  if (name !== 'secret_key' || how !== 'keyword' || inst.op !== 'call') return false;
  const called = [calleeName(use, inst), ...inst.args.slice(0, 1).map((arg) => nameOf(frame.inst(arg)))];
  return called.includes('SessionMiddleware');
}

function classOf({ frame }: Use, index: number): { readonly name: string } {
  return frame.linked.program.modules[frame.info.module]?.classes[index] ?? { name: '' };
}

function isSettings({ frame }: Use, { bases }: Inst & { readonly op: 'class' }): boolean {
  return bases.some((base) => nameOf(frame.inst(base)) === 'BaseSettings');
}

function isConfig({ frame }: Use, value: number): boolean {
  const object = frame.inst(value);
  return object.op === 'member' && object.name === 'config';
}

function isFilling(use: Use, callee: number): boolean {
  const inst = use.frame.inst(callee);
  return inst.op === 'member' && /^(?:from_mapping|update)$/.test(inst.name) && isConfig(use, inst.object);
}

function nameOf(inst: Inst): string {
  return inst.op === 'import' || inst.op === 'member' || inst.op === 'global' ? inst.name : '';
}
