import type { CST, Document, ParsedNode } from 'yaml';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { positionAt } from '../position.ts';
import { breakJudge, refuseControls } from './judge-breaks.ts';
import { loadYaml } from './load-yaml.ts';
import { stopAtFirstError, YamlStop } from './stop-at-first-error.ts';
import type { YamlPolicy } from './yaml-options.ts';

export type YamlDocument = Document.Parsed<ParsedNode>;

const format = 'yaml';

/** Tokens that start a value, or separate two. Each costs memory when the document is built. */
const counted: ReadonlySet<string | null> = new Set([
  ...[
    'scalar',
    'single-quoted-scalar',
    'double-quoted-scalar',
    'block-scalar-header',
    'alias',
    'anchor',
    'tag',
  ],
  ...['flow-map-start', 'flow-seq-start', 'map-value-ind', 'seq-item-ind', 'explicit-key-ind', 'comma'],
]);

/**
 * The documents of a text, as trees of the library. Depth is judged while the text is read: the library makes its trees recursively.
 *
 * @throws Refusal `parse/*`
 */
export function* composeDocuments(text: string, policy: YamlPolicy<unknown>): Generator<YamlDocument> {
  const composer = new (loadYaml().Composer)({
    // The library's own check compares each key with every other key.
    ...{ version: '1.2', schema: 'core', strict: true, uniqueKeys: false, merge: false },
    ...{ resolveKnownTags: false, prettyErrors: false, logLevel: 'silent' },
  });
  stopAtFirstError(composer);
  refuseControls(text);
  for (const token of tokens(text, policy)) {
    if (token.type === 'directive' && !/^%YAML[ \t]+1\.2[ \t]*$/.test(token.source)) {
      // `%YAML 1.1` would make false of `no`, and `%TAG` a new name for a tag.
      refuse(deny('parse/not-allowed', { format, what: 'a directive', ...positionAt(text, token.offset) }));
    }
    if (token.type === 'error') refuseSyntax('UNEXPECTED_TOKEN', token.offset, text);
    for (const document of composed(() => composer.next(token), text)) yield valid(document, text);
  }
  for (const document of composed(() => composer.end(), text)) yield valid(document, text);
}

function composed(run: () => Iterable<YamlDocument>, text: string): readonly YamlDocument[] {
  try {
    return [...run()];
  } catch (cause) {
    if (cause instanceof YamlStop) return refuseSyntax(cause.reason, cause.offset, text);
    throw cause;
  }
}

function* tokens(text: string, { maxDepth, maxValues }: YamlPolicy<unknown>): Generator<CST.Token> {
  const { CST, Lexer, Parser } = loadYaml();
  const parser = new Parser();
  const judgeBreaks = breakJudge(text);
  let parts = 0;
  for (const lexeme of new Lexer().lex(text)) {
    judgeBreaks(lexeme);
    if (counted.has(CST.tokenType(lexeme)) && ++parts > maxValues * 4) {
      refuse(deny('parse/too-many', { format, what: 'maxValues', most: maxValues }));
    }
    yield* parser.next(lexeme);
    // The document, and a scalar at the top, are not levels.
    if (parser.stack.length > maxDepth + 3) refuse(deny('parse/too-deep', { format, maxDepth }));
  }
  yield* parser.end();
}

function valid(document: YamlDocument, text: string): YamlDocument {
  const error = document.errors[0];
  if (error === undefined) return document;
  return refuseSyntax(error.code, error.pos[0], text);
}

/** The code is a fixed word; the message quotes the text. */
function refuseSyntax(reason: string, offset: number, text: string): never {
  refuse(deny('parse/invalid-syntax', { format, reason, ...positionAt(text, offset) }));
}
