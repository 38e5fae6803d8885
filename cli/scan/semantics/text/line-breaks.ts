import { allKinds, kinds } from '../../dataflow/domain/kinds.ts';
import type { Taint } from '../../dataflow/domain/taint.ts';

/** What makes a text of one that was percent-encoded, of Base64, of JSON or of a token: line breaks may be in it again. */
const decoders =
  /^(?:querystring\.(?:parse|decode)|qs\.parse|cookie\.parse(?:Cookie)?|(?:buffer\.|global\.)?Buffer\.from|url\.parse|(?:\w+\.)+(?:\w*b(?:16|32|64|85)decode|a85decode|decodebytes|a2b_\w+|unhexlify|loads?|unpackb|unquote(?:_plus|_to_bytes)?)|codecs\.decode|urllib\.parse\.parse_qsl?|tornado\.escape\.(?:url_unescape|parse_qs_bytes))$/;

/** Whether a library's function decodes, by its name in the models. */
export function decodesText(name: string): boolean {
  return decoders.test(name);
}

/** A text in which no line break stood, as no request may have one there, was decoded: there may be one now. */
export function withLineBreaks(taints: readonly Taint[]): readonly Taint[] {
  const log = kinds('log');
  return taints.map((taint) =>
    !taint.clean.meets(log) || taint.clean.includes(allKinds)
      ? taint
      : { ...taint, clean: taint.clean.without(log) },
  );
}

/**
 * The same for bytes of which a text is made, whose line breaks were none while they were bytes: of what else holds none,
 * a header may be made as well.
 */
export function withOwnLineBreaks(taints: readonly Taint[]): readonly Taint[] {
  const both = kinds('log', 'header');
  const log = kinds('log');
  return taints.map((taint) =>
    taint.clean.intersect(both) === log ? { ...taint, clean: taint.clean.without(log) } : taint,
  );
}
