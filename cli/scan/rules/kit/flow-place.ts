import { lookupsOfFilter } from '../../sinks/record-sinks.ts';
import type { Flow } from './rule.ts';

/** Whether the sink is a template's own output: `{{ x|safe }}`, `<%- x %>`. A script inside a template doesn't count. */
export function isTemplateOutput(flow: Flow): boolean {
  return flow.sink.endsWith('bulwark:raw-output') || (flow.language.isTemplate && !isPageSink(flow));
}

/**
 * Whether the page's own code writes the data into the page: its source is in the browser, or its sink is in the DOM and its
 * source is a network response. A database row in such a sink was written by the server.
 */
export function isPageOwn(flow: Flow): boolean {
  if (isTemplateOutput(flow) || isSystemOpening(flow)) return false;
  if (flow.kind === 'link') return flow.source !== 'stored';
  if (flow.source === 'browser') return true;
  return isPageSink(flow) && (flow.source === 'remote' || isAnswer(flow));
}

/**
 * Whether the system opens a URL with the program for its scheme: `shell.openExternal(url)`. Only the scheme must be checked
 * then.
 */
export function isSystemOpening({ sink }: Flow): boolean {
  return sink === 'electron.shell.openExternal';
}

/** `dom.Element.innerHTML`, `jquery.Collection.html`, `jsx.Props.dangerouslySetInnerHTML.__html`. */
function isPageSink({ sink }: Flow): boolean {
  return /^(?:dom|jquery|jsx|angular|vue)\b|^global\.(?:location|open|Document)/.test(sink);
}

/** A response to the page's own request, or a message of a socket. */
function isAnswer({ from }: Flow): boolean {
  return (
    /^(?:web\.|dom\.|jquery\.|angular\.HttpClient\b|axios|got|ky|request|global\.XMLHttpRequest|nuxt\.)/.test(
      from,
    ) || /^(?:@apollo\/client|@vue\/apollo|@?urql|@vueuse|@reduxjs\/toolkit\/query)/.test(from)
  );
}

/** Whether the path is a name in an archive, or an archive is extracted without a check of its names. */
export function isArchivePath({ sink, from }: Flow): boolean {
  return (
    /^(?:archive|zipfile|tarfile)\./.test(from) ||
    /^(?:tarfile\.TarFile\.extract|shutil\.unpack_archive)/.test(sink)
  );
}

/** Whether a file is written whose name doesn't come from an upload. Only its path matters then. */
export function isPlainFileWrite({ sink, from }: Flow): boolean {
  return /^fs\b/.test(sink) && !/UploadedFile|\bFile\b|[Ff]ormData|busboy/.test(from);
}

/** Whether the sink is MongoDB's `$where`, whose text the database runs as code. An untrusted filter may contain a `$where`. */
export function isWhereClause({ sink }: Flow): boolean {
  return sink.endsWith('.$where') || sink.startsWith('mongo');
}

/** Whether untrusted keys choose the fields and comparisons of a query: `Model.objects.filter(**data)`. */
export function isFilter({ sink }: Flow): boolean {
  return sink === lookupsOfFilter;
}
