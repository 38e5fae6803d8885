import { settingsFormat } from '../../../scan/project/settings-format.ts';
import { isPlaceholder, looksSecret, secretKind } from '../../../scan/rule/secret-text.ts';
import { judgeNamed } from '../../../scan/rules/secret-in-file/judge-named.ts';
import { type NamedValue, namedValues } from '../../../scan/rules/secret-in-file/named-values.ts';
import { surroundingsOf } from '../../../scan/rules/secret-in-file/surroundings.ts';
import { assignments } from './assignments.ts';
import { isDrawn } from './drawn-text.ts';
import type { FoundSecret } from './found-secret.ts';
import { isMadeUp } from './made-up.ts';
import { namedKinds } from './named-kinds.ts';

const code =
  /\.(?:[cm]?[jt]sx?|py|rb|go|java|kts?|cs|fs|vb|php|rs|swift|m|mm|c|cc|cpp|h|hpp|scala|groovy|gradle|dart|ex|exs|erl|clj|lua|pl|pm|r|jl|sql|vue|svelte|html?|ejs|hbs|css|scss|less|graphql|gql|proto|prisma|thrift|rego|cue|tmpl|tpl|jsp|aspx?|cshtml|razor|twig|erb|haml|slim|pug)$/i;

/** Secrets that are told by the name beside them. */
export function* namedSecrets(path: string, bytes: Buffer, text: string): Generator<FoundSecret> {
  const format = settingsFormat(path);
  if (format !== undefined && format !== 'packages' && format !== 'key') {
    const around = surroundingsOf(path, text);
    if (!around.isEncrypted && !around.isSchema)
      for (const named of namedValues(text, format)) {
        const service = ofService(named);
        const confidence = service ? 'high' : judgeNamed(named, around, text);
        if (confidence === undefined || confidence === 'low') continue;
        yield secretOf(
          named,
          service,
          confidence === 'high' ? undefined : 'its value is easy to guess, or it is for development',
        );
      }
  }
  for (const named of assignments(bytes, text, code.test(path))) {
    const service = ofService(named);
    if (service) {
      yield secretOf(named, service, undefined);
      continue;
    }
    const kind = secretKind(named.name.replace(/^.*\./, ''));
    if (kind === undefined || format !== undefined || !looksSecret(named.value, kind)) continue;
    if (isPlaceholder(named.value) || isMadeUp(named.value)) continue;
    if (kind === 'key' && !isDrawn(named.value)) continue;
    yield secretOf(named, undefined, undefined);
  }
}

function ofService({ name, value }: NamedValue): { readonly id: string; readonly title: string } | undefined {
  if (/public|publishable|client_?id|fingerprint|checksum|hash|sha|digest|integrity|example/i.test(name))
    return undefined;
  const kind = namedKinds.find((one) => one.name.test(name) && one.value.test(value));
  if (kind === undefined || isMadeUp(value)) return undefined;
  return /^[0-9a-f-]+$/i.test(value) || isDrawn(value) ? kind : undefined;
}

function secretOf(
  { name, value, at }: NamedValue,
  service: { readonly id: string; readonly title: string } | undefined,
  doubt: string | undefined,
): FoundSecret {
  const isPassword = secretKind(name) === 'password';
  const shown = name.length > 60 ? `${name.slice(0, 60)}...` : name;
  return {
    kind: service?.id ?? (isPassword ? 'password' : 'named-secret'),
    title: service?.title ?? `The value of \`${shown}\``,
    value,
    at,
    end: at + value.length,
    ...(doubt === undefined ? {} : { doubt }),
  };
}
