import { blockOf } from '../../../ir/block-of.ts';
import { usersOf } from '../../../ir/query/users.ts';
import { haveWord, wordsOf } from '../../../ir/query/words.ts';
import { pathOf } from '../path-kind.ts';
import { settingsOf } from '../settings.ts';
import { isConst, known, type Use } from '../use.ts';
import { conditionNames } from '../value/condition-names.ts';

/** Words that mark the name of a settings class or file as one that production does not use. */
const other: ReadonlySet<string> = new Set(
  'dev devel develop development local localhost test tests testing unittest pytest ci debug'.split(' '),
);
/** The other words in such a name, which mark it as settings. */
const settings: ReadonlySet<string> = new Set(
  'app application base conf config configs configuration django env environment flask option options setting settings unit'.split(
    ' ',
  ),
);
const production: ReadonlySet<string> = new Set(['prod', 'production', 'live', 'staging']);

/**
 * Whether a setting is for tests or development only. In Python, such settings are in a class like `TestingConfig`, in a
 * module like `settings/dev.py`, beside `TESTING = True`, or in an `if` whose condition has a word like `debug`. False in
 * other languages.
 */
export function isForDevelopment(use: Use): boolean {
  if (!use.language.settingsAreVariables) return false;
  return (
    isDevelopmentModule(pathOf(use)) ||
    classNames(use).some(isDevelopmentName) ||
    settingsOf(use).some(({ name, value }) => name === 'TESTING' && isConst(known(use, value), true)) ||
    isBesideTesting(use) ||
    haveWord(conditionNames(use.frame, use.value), other)
  );
}

/** Whether a path is that of development settings: `settings/test.py`, `settings_dev.py`, `config/local.py`. */
function isDevelopmentModule(path: string): boolean {
  const [file = '', folder = ''] = path.replace(/\.py$/, '').split('/').reverse();
  const words = wordsOf(file);
  const isOfSettings = [...words, ...wordsOf(folder)].some((word) => settings.has(word));
  return isOfSettings && isDevelopmentName(file);
}

function isDevelopmentName(name: string): boolean {
  const words = wordsOf(name);
  return (
    words.some((word) => other.has(word)) &&
    !words.some((word) => production.has(word)) &&
    words.every((word) => other.has(word) || settings.has(word))
  );
}

/** The name of the class that the use declares, or of the classes that have the value as an attribute. */
function classNames({ frame, inst, value }: Use): readonly string[] {
  const classes = frame.linked.program.modules[frame.info.module]?.classes ?? [];
  const owners = inst.op === 'class' ? [value] : (usersOf(frame.func).of[value] ?? []).slice(0, maxUsers);
  return owners.flatMap((owner) => {
    const one = frame.inst(owner);
    return one.op === 'class' ? [classes[one.class]?.name ?? ''] : [];
  });
}

/** A constant with more uses is no class attribute. */
const maxUsers = 20;

/** Whether the same block has `app.config["TESTING"] = True` or `app.testing = True`. */
function isBesideTesting({ frame, inst, value }: Use): boolean {
  if (inst.op !== 'store-index') return false;
  const { func, values } = frame;
  return (func.blocks[blockOf(func, value)]?.code ?? []).some((id) => {
    const one = frame.inst(id);
    if (one.op === 'store') return one.name === 'testing' && isConst(values[one.value], true);
    return (
      one.op === 'store-index' && isConst(values[one.key], 'TESTING') && isConst(values[one.value], true)
    );
  });
}
