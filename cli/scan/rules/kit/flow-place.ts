import { lookupsOfFilter } from '../../sinks/record-sinks.ts';
import type { Flow } from './rule.ts';

/** A template's own output: `{{ x|safe }}`, `<%- x %>`. A page's script that stands in a template is not. */
export function isTemplateOutput(flow: Flow): boolean {
  return flow.sink.endsWith('bulwark:raw-output') || (flow.language.isTemplate && !isPageSink(flow));
}

/**
 * Whether a page's own code puts it into the page: what comes in in the browser, or over the network into a
 * place of the DOM. A row of a database in such a place was put there by the server.
 */
export function isPageOwn(flow: Flow): boolean {
  if (isTemplateOutput(flow) || isSystemOpening(flow)) return false;
  if (flow.kind === 'link') return flow.source !== 'stored';
  if (flow.source === 'browser') return true;
  return isPageSink(flow) && (flow.source === 'remote' || isAnswer(flow));
}

/** The system opens an address by its scheme, which alone has to be checked: `shell.openExternal(url)`. */
export function isSystemOpening({ sink }: Flow): boolean {
  return sink === 'electron.shell.openExternal';
}

/** `dom.Element.innerHTML`, `jquery.Collection.html`, `jsx.Props.dangerouslySetInnerHTML.__html`. */
function isPageSink({ sink }: Flow): boolean {
  return /^(?:dom|jquery|jsx|angular|vue)\b|^global\.(?:location|open|Document)/.test(sink);
}

/** What a server answered to the page's own request, or sent through a socket. */
function isAnswer({ from }: Flow): boolean {
  return (
    /^(?:web\.|dom\.|jquery\.|angular\.HttpClient\b|axios|got|ky|request|global\.XMLHttpRequest|nuxt\.)/.test(
      from,
    ) || /^(?:@apollo\/client|@vue\/apollo|@?urql|@vueuse|@reduxjs\/toolkit\/query)/.test(from)
  );
}

/** A name in an archive, or an archive that is extracted without a look at its names. */
export function isArchivePath({ sink, from }: Flow): boolean {
  return (
    /^(?:archive|zipfile|tarfile)\./.test(from) ||
    /^(?:tarfile\.TarFile\.extract|shutil\.unpack_archive)/.test(sink)
  );
}

/** A file that is written under a name which is no upload's: a matter of its path alone. */
export function isPlainFileWrite({ sink, from }: Flow): boolean {
  return /^fs\b/.test(sink) && !/UploadedFile|\bFile\b|[Ff]ormData|busboy/.test(from);
}

/** MongoDB's `$where`, whose text is code that the database runs; a whole filter of others may hold one. */
export function isWhereClause({ sink }: Flow): boolean {
  return sink.endsWith('.$where') || sink.startsWith('mongo');
}

/** `Model.objects.filter(**data)`, whose names choose what is compared with what. */
export function isFilter({ sink }: Flow): boolean {
  return sink === lookupsOfFilter;
}
