export interface ErrorSign {
  /** What it is, to follow `shows `. */
  readonly what: string;
  readonly pattern: RegExp;
  /** Only a debug mode shows it. */
  readonly isDebug?: true;
  /** Looked for in what a visitor reads, as markup has paths too. */
  readonly isOfText?: true;
}

/** What error pages of frameworks hold that was meant for developers. Each stands on its own, so that prose about errors is none. */
export const errorSigns: readonly ErrorSign[] = [
  {
    what: 'the debug page of Django',
    isDebug: true,
    pattern:
      /<code>DEBUG = True<\/code> in your\s+Django settings|Django tried these URL patterns|Using the URLconf defined in <code>|<th[^>]{0,40}>Django Version:/,
  },
  {
    what: 'the debugger of Werkzeug',
    isDebug: true,
    pattern:
      /Werkzeug Debugger|__debugger__|EVALEX(?:_TRUSTED)?\s*=|The debugger caught an exception in your WSGI application/,
  },
  {
    what: 'the debug page of Laravel',
    isDebug: true,
    pattern:
      /window\.ignite|laravel-ignition|spatie\/ignition|Illuminate\\{1,2}[A-Z]\w{1,40}\\|<title>[^<]*Whoops! There was an error/,
  },
  {
    what: 'the debug page of Symfony',
    isDebug: true,
    pattern:
      /<!-- [^\n]{0,300}\(\d{3} [^\n]{0,60}\) -->\s*<!DOCTYPE html>[\s\S]{0,3000}symfony|sf-dump|Symfony Exception|exception-message-wrapper/i,
  },
  {
    what: 'the debug page of Rails',
    isDebug: true,
    pattern:
      /Rails\.root: |<title>Action Controller: Exception caught<\/title>|<h2>Routing Error|No route matches \[[A-Z]+\] &quot;|Application Trace[\s\S]{0,300}Framework Trace|\bAction(?:Controller|View|Dispatch)::[A-Z]\w{2,40}/,
  },
  {
    what: 'the developer page of ASP.NET Core',
    isDebug: true,
    pattern:
      /<title>Internal Server Error<\/title>[\s\S]{0,4000}class="titleerror"|An unhandled exception occurred while processing the request\.|DeveloperExceptionPage/,
  },
  {
    what: 'the error page of ASP.NET with details',
    isDebug: true,
    pattern:
      /<b>\s*Stack Trace:\s*<\/b>|Description:\s*<\/b>\s*An unhandled exception occurred during the execution|\[[A-Z]\w+Exception(?: \(0x[0-9a-f]+\))?: /,
  },
  {
    what: 'the debug page of Tornado or aiohttp',
    isDebug: true,
    pattern: /<h2>Traceback:?<\/h2>|<pre>Traceback \(most recent call last\)/,
  },
  {
    what: 'the debug page of Starlette',
    isDebug: true,
    pattern: /<title>Starlette Debugger<\/title>|<h1>500 Server Error<\/h1>[\s\S]{0,3000}class=['"]traceback/,
  },
  {
    what: 'the debug page of Next.js or Vite',
    isDebug: true,
    pattern: /id="__next_error__"[\s\S]{0,5000}data-nextjs-dialog|vite-error-overlay|webpack-internal:\/\/\//,
  },
  {
    what: 'the error page of Spring with a trace',
    isDebug: true,
    pattern:
      /Whitelabel Error Page[\s\S]{0,3000}\bat [a-z][\w.$]+\([\w$]+\.java:\d+\)|"trace"\s*:\s*"[a-z][\w.$]+(?:Exception|Error)/,
  },
  {
    what: 'a stack trace of JavaScript',
    isDebug: true,
    pattern:
      /\bat (?:(?:async|new) )?(?:[\w$.#<>[\] &;]{1,200} \()?(?:file:\/\/|node:|\/|[A-Za-z]:[\\/]|\\\\|webpack)[^\s()<"']{1,300}:\d+:\d+|(?:Error|Exception)\b[^\n]{0,500}\n[ \t]{0,40}at [\w$.#<>[\] ]{1,200} \((?:<anonymous>|native)\)/,
  },
  {
    what: 'a stack trace of Python',
    isDebug: true,
    pattern:
      /Traceback \(most recent call last\):|File (?:&quot;|&#34;|\\?")[^"&\n]{1,300}(?:&quot;|&#34;|\\?"), line \d+, in /,
  },
  {
    what: 'a stack trace of Java',
    pattern:
      /\bat (?:[\w.@-]{1,100}\/{1,2})?[a-z_$][\w.$<>]{1,300}\([\w$-]{1,100}\.(?:java|kt|scala|groovy|clj):\d+\)|\bCaused by: [a-z][\w.$]{1,200}(?:Exception|Error)\b|\bat [a-z][\w.$]+\((?:Native Method|Unknown Source)\)|(?:java|javax|jakarta|org\.[a-z]{1,30})\.[\w.]{1,150}Exception: /,
  },
  {
    what: 'a stack trace of .NET',
    pattern:
      /\bat [A-Z][\w.`<>[\]]+\([^)\n]{0,300}\) in [^\n]{1,300}:line \d+|\bat System\.[\w.]+\(|\n[ \t]{0,40}at [A-Z][\w.`<>+[\]]{1,300}\([^()\n]{0,200}\)[ \t\r]{0,10}\n[ \t]{0,40}at [A-Z][\w.`<>+[\]]{1,300}\([^()\n]{0,200}\)/,
  },
  { what: 'a stack trace of Ruby', pattern: /(?<![\w/.-])[\w/.-]{1,200}\.rb:\d{1,6}:in [`'\u2018&]/ },
  {
    what: 'a stack trace of Go',
    pattern:
      /goroutine \d+ \[running\]:|\.go:\d+ \+0x[0-9a-f]+|\bruntime error: (?:invalid memory|index out|slice bounds|integer divide)/,
  },
  { what: 'a panic of Rust', pattern: /thread '[^'\n]{1,100}' (?:\(\d+\) )?panicked at / },
  { what: 'a message of Perl', pattern: /\bat \/[^\s<]{1,300}\.(?:pl|pm|cgi) line \d+/ },
  {
    what: 'a message of PHP',
    isDebug: true,
    pattern:
      /(?:<b>)?(?:Fatal error|Parse error|Warning|Notice|Deprecated)(?:<\/b>)?:\s[\s\S]{1,500}? in (?:<b>)?(?:\/|[A-Z]:\\)[^\s<]{1,300}\.php(?:<\/b>)? on line (?:<b>)?\d+|PHP (?:Fatal|Parse) error:|Stack trace:\s*#0 |#\d+ (?:\/|[A-Z]:\\)[^\s(]{1,300}\.php\(\d+\): |\bUncaught [\w\\]{1,100}(?::| in )[^\n]{0,500}\.php:\d+/,
  },
  {
    what: 'an error of a database',
    pattern:
      /You have an error in your SQL syntax|SQLSTATE\[\w+\]|ORA-\d{5}:|PG::[A-Z]\w+Error|psycopg2?\.(?:errors|\w*Error)|sqlite3\.\w+Error|SqliteError|SQLITE_ERROR|Unclosed quotation mark after the character string|pg_query\(\)|ER_PARSE_ERROR|MongoServerError|com\.mysql\.jdbc/,
  },
  {
    what: 'the message of an exception',
    pattern:
      /\b(?:URI|Eval|Type|Reference|Syntax|Range|Runtime|Unicode(?:De|En)code|Import|ModuleNotFound|FileNotFound|Permission|Recursion|Argument|Arithmetic|Key|Value|Attribute|Name|Index|ZeroDivision|Operational|Programming|NoMethod|Assertion)Error: \S|Cannot read propert(?:y|ies) of (?:undefined|null)|\b(?:ENOENT|EACCES|ECONNREFUSED|EISDIR|ENOTDIR|ETIMEDOUT)\b[: ]|\b(?:NullPointer|NullReference|IllegalArgument|IllegalState|IndexOutOfBounds|ClassCast|NumberFormat)Exception\b/,
  },
  {
    what: 'the path of a file of the server',
    isOfText: true,
    pattern:
      /(?:^|[\s"'(:>])(?:\/(?:home|usr|var|srv|opt|app|root|Users|workspace)\/[\w.@/-]{2,200}\.(?:js|mjs|cjs|ts|py|rb|php|java|go|cs)\b|[A-Z]:\\(?:[\w .-]+\\){1,20}[\w.-]+\.(?:cs|aspx|cshtml|php|js|py)\b)/,
  },
];
