import type { SettingsFormat } from '../../project/settings-format.ts';
import { fromLine, fromQuoted } from './line-values.ts';
import { linesOf, type NamedLine } from './lines-of.ts';
import { fromYaml } from './yaml-values.ts';

/** A name and its value in a settings file. */
export interface NamedValue {
  readonly name: string;
  /** The name of the enclosing object, if the format shows it. */
  readonly owner: string;
  readonly value: string;
  /** Where the value begins in the text. */
  readonly at: number;
  /** The position of the value shows that it is a key, whatever its name. */
  readonly isKey: boolean;
}

/** Names and values that may be secrets. The caller judges which of them are. */
export function* namedValues(text: string, format: SettingsFormat): Generator<NamedValue> {
  switch (format) {
    case 'json':
      yield* matches(text, jsonPair);
      yield* matches(text, jsonValue);
      yield* matches(text, authorization);
      yield* matches(text, connectionPart);
      break;
    case 'notebook':
      yield* matches(text, notebookPair);
      break;
    case 'xml':
      yield* matches(text, xmlElement);
      yield* matches(text, xmlPair);
      yield* matches(text, connectionPart);
      break;
    case 'php':
      yield* matches(text, phpDefine);
      yield* matches(text, phpPair);
      break;
    case 'netrc':
      yield* matches(text, netrcPair);
      break;
    case 'yaml':
      yield* fromYaml(linesOf(text), text);
      yield* matches(text, flowPair);
      yield* matches(text, loginModule);
      yield* matches(text, authorization);
      yield* matches(text, connectionPart);
      break;
    case 'quoted':
      yield* each(text, fromQuoted);
      break;
    case 'lines':
      yield* each(text, fromLine);
      yield* matches(text, loginModule);
      yield* matches(text, connectionPart);
      break;
    case 'key':
    case 'packages':
      break;
  }
}

// Groups: everything before the value, the name, the value. All repetitions are bounded, since files may be hostile.
const jsonPair = /("([\w.:-]{1,100})"\s{0,20}:\s{0,20}")([^"\\\n]{6,512})"/g;
/** `"adminPassword": { "value": "..." }`, as in deployment parameters. */
const jsonValue =
  /("([\w.-]{1,100})"\s{0,20}:\s{0,20}\{\s{0,60}"value"\s{0,20}:\s{0,20}")([^"\\\n]{6,512})"/g;
/** `- { name: app, password: "..." }` in YAML. */
const flowPair =
  /([{,][ \t]{1,9}["']?([\w.-]{1,60})["']?:[ \t]{1,9}["']?)([^"'\s,{}]{6,200})(?=["']?[ \t]{0,9}[,}])/g;
const notebookPair =
  /((?<![\w])([A-Za-z_]\w{0,80})(?:\\?["'])?\]?\s{0,5}[=:]\s{0,5}(?:\\"|'))([^"'\\\s]{6,512})(?:\\"|')/g;
const xmlElement = /(<([\w.:-]{1,100})>\s{0,20})([^<>&\s]{6,512})\s{0,20}<\//g;
const xmlPair =
  /(<add\s{1,20}(?:key|name)\s?=\s?"([\w.:-]{1,100})"\s{1,20}(?:value|connectionString)\s?=\s?")([^"\n]{6,512})"/gi;
const phpDefine = /(\bdefine\(\s{0,9}["'](\w{1,100})["']\s{0,9},\s{0,9}["'])([^"'\n]{6,512})["']/g;
const phpPair = /(["'$](\w{1,100})["']?\s{0,30}=>?\s{0,9}["'])([^"'\n]{6,512})["']/g;
const netrcPair = /(\b(password)[ \t\n]{1,20})([^\s]{6,512})/g;
const authorization =
  /(\b(authorization)["']?\s{0,9}:\s{0,9}["']?(?:bearer|token)\s{1,3})([^\s"'\\]{16,512})/gi;
/** `... LoginModule required username="app" password="...";`, as in Kafka clients. */
const loginModule = /(LoginModule[ \t][^\n;]{0,200}[ \t](password)=\\?["'])([^"'\\\s]{6,200})\\?["']/g;
/** `Server=...;User Id=app;Password=...;`, `jdbc:...?user=app&password=...` */
const connectionPart =
  /([^\s;?&][;?&][ \t]?(password|pwd|AccountKey|SharedAccessKey)\s?=\s?)([^;"'&\s\\<>]{6,200})(?=[;"'&\s\\<]|$)/gi;

/** The name of the object around a pair. */
const jsonOwner = /"([\w.-]{1,60})"\s{0,9}:\s{0,9}\{[^{}]{0,190}$/;

function* matches(text: string, pattern: RegExp): Generator<NamedValue> {
  for (const found of text.matchAll(pattern)) {
    const [, before = '', name = '', value = ''] = found;
    const isKey = /^(?:authorization|AccountKey|SharedAccessKey)$/i.test(name);
    const ahead = text.slice(Math.max(0, found.index - 200), found.index);
    const line = ahead.slice(ahead.lastIndexOf('\n') + 1);
    const isLocal =
      (pattern === connectionPart && local.test(line)) ||
      (pattern === flowPair && /^[ \t]{0,40}#/.test(line));
    const owner = pattern === jsonPair ? (jsonOwner.exec(ahead)?.[1] ?? '') : '';
    if (!isLocal) yield { name, owner, value, at: found.index + before.length, isKey };
  }
}

/** A database on this machine, or a comment. */
const local =
  /(?:localhost|127\.0\.0\.1|\(local(?:db)?\)|host\.docker\.internal|SQLEXPRESS|devstoreaccount1)[^"']{0,200}$|^[ \t]{0,40}#/i;

function* each(text: string, read: (line: NamedLine) => NamedValue | undefined): Generator<NamedValue> {
  for (const line of linesOf(text)) {
    const found = read(line);
    if (found) yield found;
  }
}
