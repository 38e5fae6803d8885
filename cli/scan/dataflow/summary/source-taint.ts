import type { Inst, ValueId } from '../../ir/ir.ts';
import type { State } from '../../models/api.ts';
import type { SourceKind } from '../../models/model.ts';
import { type Abstract, unknown, withTaints } from '../domain/abstract.ts';
import { harmlessOfSource, type Kinds, noKinds } from '../domain/kinds.ts';
import { joinTaints, step } from '../domain/taint.ts';
import type { FunctionView } from '../view/function-view.ts';

/** The value of the error that a rejected promise passes to `catch`. */
export function theError(frame: FunctionView, value: ValueId, span: Inst): Abstract {
  return addSource(frame, value, span, unknown, 'error', 'the exception');
}

/**
 * Adds a source's taint to a value. Returns the value unchanged if no sink that the function may reach is harmed by data of
 * this source.
 * @param what the name of the source, for messages
 */
export function addSource(
  frame: FunctionView,
  value: ValueId,
  span: Inst,
  it: Abstract,
  source: SourceKind,
  what: string,
  state?: State,
): Abstract {
  if (!frame.engine.isHarmful(frame.id, source)) return it;
  const origin = frame.engine.origins.source(source, frame.id, value, what, state);
  const trace = step(frame.id, span, sentences[source](what), undefined);
  const taint = { origin, clean: harmless[source], exact: true, weak: false, trace };
  const shape = source === 'stored' && records.test(what) ? 'object' : it.shape;
  return withTaints({ ...it, shape, consts: undefined }, joinTaints(it.taints, [taint]));
}

/** Databases return records, and servers mostly return JSON objects; the strings are inside. */
const records =
  /\b(?:rows|(?:query|find\w*|getMany|getOne|getRawMany|toArray|exec|lean|all|many|aggregate|json)\(\))$/;

/** By kind of source: the kinds of sinks in which its data does no harm. An error's text does harm only where others read it. */
const harmless: Readonly<Record<SourceKind, Kinds>> = {
  remote: noKinds,
  browser: noKinds,
  stored: harmlessOfSource('stored'),
  page: harmlessOfSource('page'),
  host: harmlessOfSource('host'),
  caller: harmlessOfSource('caller'),
  secret: harmlessOfSource('secret'),
  error: harmlessOfSource('error'),
};

const sentences: Readonly<Record<SourceKind, (what: string) => string>> = {
  remote: (what) => `comes from the request: ${what}`,
  browser: (what) => `comes from outside the page: ${what}`,
  stored: (what) => `comes from stored or fetched data: ${what}`,
  page: (what) => `is read from the page: ${what}`,
  host: (what) => `is the host name that the client sent: ${what}`,
  caller: (what) => `is passed in by callers: ${what}`,
  secret: (what) => `is a secret: ${what}`,
  error: (what) => `contains error details: ${what}`,
};
