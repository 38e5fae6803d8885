import { allKinds, kinds } from './kinds.ts';
import type { Taint } from './taint.ts';

/** What makes a text of one that was percent-encoded, of Base64, of JSON or of a token: line breaks may be in it again. */
const decoders =
  /^(?:querystring\.(?:parse|decode)|qs\.parse|cookie\.parse(?:Cookie)?|(?:buffer\.|global\.)?Buffer\.from|url\.parse|urllib\.parse\.parse_qsl?|tornado\.escape\.(?:url_unescape|parse_qs_bytes))$/;

/** Whether a library's function decodes, by its name in the models. */
export function decodesText(name: string): boolean {
  return decoders.test(name);
}

/** A text in which no line break stood, as no request may have one there, was decoded: there may be one now. */
export function withLineBreaks(taints: readonly Taint[]): readonly Taint[] {
  const log = kinds('log');
  return taints.map((taint) =>
    (taint.clean & log) === 0 || (taint.clean & allKinds) === allKinds
      ? taint
      : { ...taint, clean: taint.clean & ~log },
  );
}
