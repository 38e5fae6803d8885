import { isUpkeep } from '../../internal/upkeep-statements.ts';
import { provesNothing, shown } from '../failure.ts';
import { inTime, someTurns } from '../in-time.ts';
import type { Tried } from '../input/derive-payloads.ts';
import {
  encodedSamples,
  formatSamples,
  givenSamples,
  harmlessNumber,
  harmlessWord,
  longestWord,
  otherWord,
  type Sample,
} from '../input/sample.ts';
import { type Sampled, treatedSamples } from '../input/treated-samples.ts';
import type { Gate } from './gate.ts';
import { changedStatement, writtenIntoText } from './injection-failure.ts';
import { isTransactionCommand, seenStatements } from './seen-statements.ts';
import { sqlAttack } from './sql-attack.ts';
import { arrived, type Effect, textsOfValue, treatment } from './statement-effect.ts';
import type { Tap } from './statement-tap.ts';

export interface Tries {
  /** What is tried, and nothing derived from harmless values, where a test says so. */
  readonly payloads: readonly Tried[];
  readonly derives: boolean;
  readonly harmless: readonly string[];
  readonly timeoutMs: number;
}

const anyText: Sample = { value: harmlessWord, format: 'a word', marker: harmlessWord };
const anyNumber: Sample = { value: harmlessNumber, format: 'a number', marker: harmlessNumber };
const anyOther: Sample = { value: otherWord, format: 'a word', marker: otherWord };

/** @throws AssertionError */
export async function tryStatements(
  { client, dialect, open }: Tap,
  run: (payload: string) => unknown,
  { payloads, derives, harmless, timeoutMs }: Tries,
): Promise<void> {
  const seen = seenStatements(dialect);
  const given = harmless.flatMap(givenSamples);
  const samples: Sampled[] = [];
  let inText: Error | undefined;
  let failed: unknown;
  let runs = 0;
  let base: Effect | undefined;
  // Our word stands nowhere by chance.
  const baseOf = ({ marker }: Sample): Effect | undefined =>
    marker === harmlessWord || marker === otherWord ? undefined : base;

  const trySample = async (sample: Sample, times: 1 | 2): Promise<Sampled> => {
    const { value, marker, encode } = sample;
    const treatments: (readonly string[])[] = [];
    const branches: (readonly string[])[] = [];
    let stopped: Error | undefined;
    let last: Effect = { texts: [], values: [] };
    for (let time = 0; time < times; time++) {
      const effect = await runUnder(value, (text, sent = text) => {
        if (!sample.given) {
          const where = seen.where(text, sample === anyText || encode ? marker : value);
          const bare = where === 'bare' && sample !== anyNumber && !isChoice(sample);
          const word = where !== undefined && (sample === anyText || (encode && where !== 'number'));
          if (word || bare) inText ??= writtenIntoText(client, value, text);
          // Nothing tells what it means there: a date is a subtraction.
          if (bare && sample !== anyText && !encode) stopped = inText;
          if (stopped) return stopped;
        }
        seen.add(text, sent, runs + time);
        return undefined;
      }).catch((error: unknown) => {
        throw inText ?? error;
      });
      if (stopped) throw stopped;
      last = effect;
      treatments.push(treatment(effect, value, baseOf(sample)));
      branches.push(treatment({ ...effect, values: [] }, value, baseOf(sample)));
    }
    runs += 2;
    const sampled = {
      sample,
      sent: last.texts.length > 0,
      arrived: arrived(last, sample, baseOf(sample)),
      treatments,
      branches,
    };
    samples.push(sampled);
    if (sample === anyText) base = last;
    return sampled;
  };

  for (const sample of [anyText, anyNumber, ...given]) await trySample(sample, sample.encode ? 1 : 2);
  // Where any text is written out, it is red already, and other texts might mean something there.
  if (!inText) for (const sample of [...formatSamples, ...encodedSamples]) await trySample(sample, 1);
  if (inText === undefined && !samples.some(({ sent }) => sent)) {
    throw provesNothing(
      'no statement was sent for any harmless value',
      { client },
      adviceNoStatement,
      failed,
    );
  }
  const treated = treatedSamples(samples);
  let came = 0;
  for (const tried of payloads) came += await tryPayload(tried);
  if (derives)
    for (const tried of treated.derived(sqlAttack, came > payloads.length / 2)) await tryPayload(tried);
  if (inText) throw inText;
  if (!treated.proof) {
    throw provesNothing(
      'every harmless value led to the same statements',
      { client, statement: shown(seen.texts()[0] ?? '') },
      adviceSame,
      failed,
    );
  }
  await tryAgain();

  /** @returns 1 for a payload that arrived as it was */
  async function tryPayload(tried: Tried & { readonly from?: Sample }): Promise<number> {
    let changed: Error | undefined;
    const { payload, from } = tried;
    const { values } = await runUnder(payload, (text, sent = text) => {
      const control = isTransactionCommand(text);
      if (!control && !(seen.knows(text) && seen.knows(sent))) {
        const closest = seen.closest(sent);
        changed ??= changedStatement(tried, client, sent, closest, {
          actual: seen.shapeOf(sent),
          expected: seen.shapeOf(closest),
        });
      } else if (seen.holds(text, payload) || (from && seen.holdsPart(text, longestWord(from.marker)))) {
        inText ??= writtenIntoText(client, payload, text);
      }
      return control ? undefined : changed;
    }).catch((error: unknown) => {
      // A run that was stopped, and then does not end, is told of by what it was stopped for.
      throw changed ?? error;
    });
    if (changed) throw changed;
    return values.includes(payload) ? 1 : 0;
  }

  /** A limit that was reached on the way would have stopped the payloads too. */
  async function tryAgain(): Promise<void> {
    const before = treated.proof;
    if (!before) return;
    const sample = before.sample === anyText ? anyOther : before.sample;
    const effect = await runUnder(sample.value, () => undefined);
    const same = before.arrived
      ? arrived(effect, sample, baseOf(sample))
      : before.treatments.some(
          (each) => treated.keyOf(each) === treated.keyOf(treatment(effect, sample.value, baseOf(sample))),
        );
    if (same) return;
    throw provesNothing(
      'a harmless value reached the database at first, and no longer at the end',
      { client, value: shown(sample.value) },
      'turn off rate limits, locks and caches for this test, and start each call from the same state',
      failed,
    );
  }

  async function runUnder(value: string, gate: Gate): Promise<Effect> {
    const texts: string[] = [];
    const values: string[] = [];
    const undo = open(
      (text, sent) => {
        if (isUpkeep(text)) return undefined;
        texts.push(text);
        if (sent !== undefined && sent !== text) values.push(sent);
        return gate(text, sent);
      },
      (bound) => void values.push(...textsOfValue(bound)),
    );
    try {
      const ran = async (): Promise<void> => {
        try {
          await run(value);
        } catch (error) {
          // It may have been refused.
          failed ??= error;
        }
      };
      await inTime(ran, timeoutMs, { value: shown(value), client });
      // A statement that is not awaited goes by a pool, which gives its client in the next turn.
      await someTurns();
      return { texts, values };
    } finally {
      undo();
    }
  }
}

/** `asc` and `desc` are a part of the statement where they are chosen from a list. */
const isChoice = ({ value }: Sample): boolean => value === 'desc';

const adviceNoStatement =
  'use `db` in `run`, and await it; if a check refuses our samples, name a value that it accepts: { harmless: ["ORD-2031"] }';
const adviceSame =
  'pass the value to the code under test; if a check or an allow-list refuses our samples, name a value that it accepts: { harmless: ["price"] }';
