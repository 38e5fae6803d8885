import { lookupsOfFilter } from '../../sinks/record-sinks.ts';
import type { Flow } from './rule.ts';

/** Whether the sink is an unescaped output of a template: `{{ x|safe }}`, `<%- x %>`. False for scripts inside a template. */
export function isTemplateOutput(flow: Flow): boolean {
  return flow.sink.endsWith('bulwark:raw-output') || (flow.language.isTemplate && !isPageSink(flow));
}

/**
 * Whether a flow lies within a page: a script of the page reads the data and also uses it. The source is in the browser, or
 * the sink is in the DOM and the source is a network response. False if the server writes the data into the page.
 */
export function isPageOwn(flow: Flow): boolean {
  if (isTemplateOutput(flow) || isSystemOpening(flow)) return false;
  if (flow.kind === 'link') return flow.source !== 'stored';
  if (flow.source === 'browser') return true;
  return isPageSink(flow) && (flow.source === 'remote' || isAnswer(flow));
}

/**
 * Whether the sink opens a URL with the system's program for its scheme: `shell.openExternal(url)`. Then only the scheme must be
 * checked.
 */
export function isSystemOpening({ sink }: Flow): boolean {
  return sink === 'electron.shell.openExternal';
}

/** `dom.Element.innerHTML`, `jquery.Collection.html`, `jsx.Props.dangerouslySetInnerHTML.__html`. */
function isPageSink({ sink }: Flow): boolean {
  return /^(?:dom|jquery|jsx|angular|vue)\b|^global\.(?:location|open|Document)/.test(sink);
}

/** Whether the source is a response to a request of the page, or a message of a socket. */
function isAnswer({ from }: Flow): boolean {
  return (
    /^(?:web\.|dom\.|jquery\.|angular\.HttpClient\b|axios|got|ky|request|global\.XMLHttpRequest|nuxt\.)/.test(
      from,
    ) || /^(?:@apollo\/client|@vue\/apollo|@?urql|@vueuse|@reduxjs\/toolkit\/query)/.test(from)
  );
}

/** Whether the source of a flow is an archive, such as the name of a file in it, or the sink extracts a whole archive. */
export function isArchivePath({ sink, from }: Flow): boolean {
  return (
    /^(?:archive|zipfile|tarfile)\./.test(from) ||
    /^(?:tarfile\.TarFile\.extract|shutil\.unpack_archive)/.test(sink)
  );
}

/**
 * Whether the sink is a file operation and the source is no upload. For such a flow only the path matters, not the type of
 * the file.
 */
export function isPlainFileWrite({ sink, from }: Flow): boolean {
  return /^fs\b/.test(sink) && !/UploadedFile|\bFile\b|[Ff]ormData|busboy/.test(from);
}

/**
 * Whether the sink is MongoDB's `$where`, whose text the database runs as code, or a filter of MongoDB, which may contain a
 * `$where`.
 */
export function isWhereClause({ sink }: Flow): boolean {
  return sink.endsWith('.$where') || sink.startsWith('mongo');
}

/** Whether the sink takes keys that choose the fields and comparisons of a query: `Model.objects.filter(**data)`. */
export function isFilter({ sink }: Flow): boolean {
  return sink === lookupsOfFilter;
}
