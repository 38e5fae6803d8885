import { record } from '../../event/record.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { type ModeOptions, parseMode } from '../../internal/mode.ts';
import { passesInReport } from '../../internal/refuse.ts';
import { type Denied, deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { currentInputs } from '../../request/context.ts';
import type { DialectName } from '../lex/dialect-name.ts';
import { rulesFor } from '../lex/rules.ts';
import { decideText } from './decide-text.ts';
import { decideWords } from './decide-words.ts';
import type { MysqlGuardOptions } from './guard-options.ts';
import { isStacked } from './is-stacked.ts';
import { createKnownTexts } from './known-texts.ts';
import { needlesOf } from './needles.ts';
import { objectValue } from './object-value.ts';
import { emptiedText, maskedText, type ReadText, readText } from './read-text.ts';
import { recordValues } from './record-values.ts';

/** Inspects the statements of one client. */
export interface Inspector {
  /** What is to be refused; undefined to let it pass, where need be with the event of report mode. */
  inspect(text: unknown, values?: readonly unknown[]): Denied | undefined;
  /** The same for what was decided elsewhere. */
  settle(denied: Denied): Denied | undefined;
}

const shown = 300;
/** Longer texts are mostly made for one call. */
const longestKept = 8_192;
const mostKept = 1_000;
const mostOfRequest = 64;

const told = Symbol('told');

const optionNames = ['mode', 'until', 'jsonObjects', 'scripts'] as const;
const serverModes = ['noBackslashEscapes', 'ansiQuotes'] as const;

/** @throws Misuse `bulwark/report-without-end`, `bulwark/invalid-option` */
export function createInspector(dialect: DialectName, given: MysqlGuardOptions): Inspector {
  const options = knownOptions<AllOptions>(
    given as AllOptions,
    dialect === 'mysql' ? [...optionNames, ...serverModes] : optionNames,
  );
  const mode = parseMode(options as ModeOptions);
  const jsonObjects = flag(options, 'jsonObjects');
  const scripts = flag(options, 'scripts');
  const rules = rulesFor(dialect, {
    noBackslashEscapes: flag(options, 'noBackslashEscapes'),
    ansiQuotes: flag(options, 'ansiQuotes'),
  });
  /** Texts of one statement, so that those that are sent again need no reading. */
  const single = createKnownTexts(mostKept);
  /** Texts that passed by themselves in a request that was seen in full. Never their shapes: others share those. */
  const own = createKnownTexts(mostKept);
  /** The same without what stood in their literals. */
  const emptied = createKnownTexts(mostKept);

  return {
    inspect(text, values) {
      if (typeof text !== 'string') return undefined;
      const denied = decide(text, values ?? []);
      return denied && settle(denied);
    },
    settle,
  };

  function settle(denied: Denied): Denied | undefined {
    return passesInReport(denied, mode) ? undefined : denied;
  }

  function decide(text: string, values: readonly unknown[]): Denied | undefined {
    let lazy: ReadText | undefined;
    const read = (): ReadText => {
      lazy ??= readText(text, rules);
      return lazy;
    };
    const known = single.has(text);
    if (!known) {
      if (text.includes('\0')) return deny('sql/nul-in-text', { statement: maskedText(read(), shown) });
      const stacked = isStacked(read());
      if (stacked && !(scripts && !currentInputs())) {
        return deny('sql/stacked-statements', { statement: maskedText(read(), shown) });
      }
      if (!stacked && text.length <= longestKept) single.add(text);
    }
    return deniedObject(read, values) ?? deniedInput(text, read, values);
  }

  function deniedObject(read: () => ReadText, values: readonly unknown[]): Denied | undefined {
    let records: ReadonlySet<number> | undefined;
    const found = objectValue(values, (index) => {
      if (typeof values[index] === 'function') return false;
      if (dialect !== 'mysql') return jsonObjects;
      records ??= recordValues(read());
      return jsonObjects || records.has(index);
    });
    return found && deny('sql/object-parameter', { statement: maskedText(read(), shown), ...found });
  }

  /** The application sent it before, or one that differs in its literals alone. */
  function isKnown(text: string, read: () => ReadText): boolean {
    return own.has(text) || (text.length <= longestKept && emptied.has(emptiedText(read())));
  }

  function deniedInput(text: string, read: () => ReadText, values: readonly unknown[]): Denied | undefined {
    const inputs = currentInputs();
    if (!inputs) return undefined;
    if (!inputs.complete) {
      inputs.keep(told, () =>
        record('sql/inputs-incomplete', 'reported', { strings: inputs.strings.length }),
      );
    }
    // Of another request, those that passed say nothing.
    const passed = inputs.keep(own, () => createKnownTexts(mostOfRequest));
    if (passed.has(text)) return undefined;
    if (inputs.words.size > 0) {
      const word = decideWords(read(), inputs.words);
      if (!word.allow && !isKnown(text, read)) return word;
    }
    const decision = decideText(read, needlesOf(inputs));
    if (!decision.allow) {
      if (!isKnown(text, read)) return decision;
      const again = decideText(read, needlesOf(inputs), { values, literalsDiffer: !own.has(text) });
      return again.allow ? undefined : again;
    }
    if (text.length <= longestKept) {
      passed.add(text);
      // Of what came with a request that was not told, or not in full, it may hold anything.
      if (inputs.complete && inputs.objects.size > 0 && !own.has(text)) {
        own.add(text);
        emptied.add(emptiedText(read()));
      }
    }
    return undefined;
  }
}

/** Of both kinds of mode. */
type AllOptions = { readonly [N in (typeof optionNames)[number] | (typeof serverModes)[number]]?: unknown };

function flag(options: AllOptions, name: keyof AllOptions): boolean {
  const value: unknown = options[name];
  if (value !== undefined && typeof value !== 'boolean') {
    throw new Misuse('bulwark/invalid-option', `\`${name}\` is true or false.`);
  }
  return value === true;
}
