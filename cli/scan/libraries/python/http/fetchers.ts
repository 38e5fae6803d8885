// treq 24, niquests 3, grequests 0.7, curl_cffi 0.7, requests-futures 1, requests-cache 1, requests-oauthlib 2,
// requests-toolbelt 1, Authlib 1, asks 3, mechanize 0.4, zeep 4, suds 1, pdfkit 1, imgkit 1, WeasyPrint 63, yt-dlp,
// newspaper4k, trafilatura 1, LangChain 0.3, gql 3, grpcio 1, python-socketio 5, websocket-client 1, Scrapy 2, openai 1,
// robotparser, ftplib, telnetlib, xmlrpc.client, asyncio of Python 3.12; as documented.
import type { Condition, Models } from '../../../models/model.ts';

const verbs = 'get,post,put,patch,delete,head,options';

/** Functions that read files and addresses: here as addresses. A completely untrusted argument is reported as a path. */
function address(at: string): Condition {
  return { at, begins: ['http://', 'https://', 'ftp://'] };
}

/** An open file needs no look-up. */
const unlessOpen: Condition = { at: 'Argument[0,io:,guess:]', isApi: [['io.File', '']], not: true };

/** Less common HTTP clients, and functions that request a URL for another purpose, such as converters to PDF. */
export const fetchers: Models = {
  language: 'python',
  types: [
    ['requests.Session', 'requests_futures.sessions', 'Member[FuturesSession].Instance'],
    ['requests.Session', 'requests_cache', 'Member[CachedSession].Instance'],
    ['requests.Session', 'requests_oauthlib', 'Member[OAuth1Session,OAuth2Session].Instance'],
    ['requests.Session', 'requests_toolbelt.sessions', 'Member[BaseUrlSession].Instance'],
    [
      'requests.Session',
      'authlib.integrations.requests_client',
      'Member[OAuth1Session,OAuth2Session].Instance',
    ],
    ['httpx.Client', 'authlib.integrations.httpx_client', 'Member[AsyncOAuth2Client,OAuth2Client].Instance'],
    ['niquests.Session', 'niquests', 'Member[Session,AsyncSession].Instance'],
    ['niquests.Session', 'curl_cffi.requests', 'Member[Session,AsyncSession].Instance'],
    ['niquests.Session', 'curl_cffi', 'Member[Session,AsyncSession].Instance'],
    ['niquests.Session', 'asks', 'Member[Session].Instance'],
    ['niquests.Session', 'treq.client', 'Member[HTTPClient].Instance'],
  ],
  sinks: [
    ...[
      'treq',
      'niquests',
      'grequests',
      'curl_cffi.requests',
      'curl_cffi',
      'asks',
      'niquests.Session',
    ].flatMap((library) => [
      [library, `Member[${verbs}].Argument[0,url:]`, 'ssrf'] as const,
      [library, 'Member[request].Argument[1,url:]', 'ssrf'] as const,
    ]),
    ['requests_toolbelt.sessions', 'Member[BaseUrlSession].Argument[0,base_url:]', 'ssrf'],
    ['requests', 'Member[Request].Argument[1,url:]', 'ssrf'],
    ['httpx', 'Member[Request].Argument[1,url:]', 'ssrf'],
    ['mechanize', 'Member[Browser].Instance.Member[open,open_novisit,retrieve].Argument[0]', 'ssrf'],
    ['mechanize', 'Member[urlopen].Argument[0]', 'ssrf'],
    ['urllib.robotparser', 'Member[RobotFileParser].Instance.Member[set_url].Argument[0,url:]', 'ssrf'],
    ['urllib.robotparser', 'Member[RobotFileParser].Argument[0,url:]', 'ssrf'],
    ['xmlrpc.client', 'Member[ServerProxy].Argument[0,uri:]', 'ssrf'],
    ['zeep', 'Member[Client,AsyncClient].Argument[0,wsdl:]', 'ssrf'],
    ['suds.client', 'Member[Client].Argument[0,url:]', 'ssrf'],
    ['suds', 'Member[Client].Argument[0,url:]', 'ssrf'],
    ['ftplib', 'Member[FTP,FTP_TLS].Argument[0,host:]', 'ssrf'],
    ['ftplib', 'Member[FTP,FTP_TLS].Instance.Member[connect].Argument[0,host:]', 'ssrf'],
    ['telnetlib', 'Member[Telnet].Argument[0,host:]', 'ssrf'],
    ['asyncio', 'Member[open_connection].Argument[0,host:]', 'ssrf'],
    ['anyio', 'Member[connect_tcp].Argument[0,remote_host:]', 'ssrf'],
    ['trio', 'Member[open_tcp_stream].Argument[0,host:]', 'ssrf'],
    ['pdfkit', 'Member[from_url].Argument[0,url:]', 'ssrf'],
    ['imgkit', 'Member[from_url].Argument[0,url:]', 'ssrf'],
    ['weasyprint', 'Member[HTML,CSS].Argument[url:]', 'ssrf'],
    ['weasyprint', 'Member[HTML,CSS].Argument[0,guess:]', 'ssrf', unlessOpen],
    ['newspaper', 'Member[Article,article,build].Argument[0,url:]', 'ssrf'],
    ['trafilatura', 'Member[fetch_url].Argument[0,url:]', 'ssrf'],
    ['yt_dlp', 'Member[YoutubeDL].Instance.Member[extract_info].Argument[0,url:]', 'ssrf'],
    ['yt_dlp', 'Member[YoutubeDL].Instance.Member[download].Argument[0,url_list:].AnyMember', 'ssrf'],
    ['youtube_dl', 'Member[YoutubeDL].Instance.Member[extract_info].Argument[0,url:]', 'ssrf'],
    [
      'langchain_community.document_loaders',
      'Member[WebBaseLoader,RecursiveUrlLoader,SeleniumURLLoader,PlaywrightURLLoader,UnstructuredURLLoader].Argument[0,web_path:,web_paths:,urls:,url:]',
      'ssrf',
    ],
    ['gql.transport.requests', 'Member[RequestsHTTPTransport].Argument[0,url:]', 'ssrf'],
    ['gql.transport.aiohttp', 'Member[AIOHTTPTransport].Argument[0,url:]', 'ssrf'],
    ['gql.transport.httpx', 'Member[HTTPXTransport,HTTPXAsyncTransport].Argument[0,url:]', 'ssrf'],
    ['grpc', 'Member[insecure_channel,secure_channel].Argument[0,target:]', 'ssrf'],
    ['grpc.aio', 'Member[insecure_channel,secure_channel].Argument[0,target:]', 'ssrf'],
    ['socketio', 'Member[Client,AsyncClient,SimpleClient].Instance.Member[connect].Argument[0,url:]', 'ssrf'],
    ['websocket', 'Member[WebSocketApp].Argument[0,url:]', 'ssrf'],
    ['websocket', 'Member[WebSocket].Instance.Member[connect].Argument[0,url:]', 'ssrf'],
    ['scrapy', 'Member[Request,FormRequest].Argument[0,url:]', 'ssrf'],
    ['scrapy.http', 'Member[Request,FormRequest].Argument[0,url:]', 'ssrf'],
    ['git', 'Member[Repo].Member[clone_from].Argument[0,url:]', 'ssrf'],
    ['openai', 'Member[OpenAI,AsyncOpenAI].Argument[base_url:]', 'ssrf'],
    ['pandas', 'Member[read_html].Argument[0,io:]', 'ssrf', unlessOpen],
    [
      'pandas',
      'Member[read_csv,read_json,read_excel,read_table,read_parquet,read_xml].Argument[0]',
      'ssrf',
      address('Argument[0]'),
    ],
    ['smart_open', 'Member[open].Argument[0,uri:]', 'ssrf', address('Argument[0]')],
    ['fsspec', 'Member[open].Argument[0,urlpath:]', 'ssrf', address('Argument[0]')],
    ['lxml.html', 'Member[parse].Argument[0]', 'ssrf', address('Argument[0]')],
  ],
};
