/** What an error page must not contain: each tells an attacker about the code, its paths, its database or its versions. */
export const leaks: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'a frame of a stack',
    pattern: /\bat (?:async )?[^\n<]{0,200}(?:file:\/\/|[(/ ]\/|[A-Z]:\\|node:)[^\n<]{1,300}:\d+:\d+/,
  },
  { what: 'a path of a package', pattern: /\bnode_modules[\\/]/ },
  { what: 'a module of Node', pattern: /\bnode:internal\// },
  {
    what: "Python's traceback",
    pattern: /Traceback \(most recent call last\)|\bFile "[^"\n]{1,300}", line \d+/,
  },
  {
    what: 'a path of a source file',
    pattern:
      /(?:^|[\s"'(>=])(?:\/[\w.@-]+){2,20}\.(?:[cm]?[jt]sx?|py|ejs|pug|hbs|njk)\b|\b[A-Z]:\\(?:[\w .-]+\\){1,20}[\w.-]+/,
  },
  {
    what: 'an error of JavaScript',
    pattern:
      /\b(?:Type|Reference|Range|Syntax|Aggregate)Error\b|Cannot read propert(?:y|ies) of |\b\w+\.\w+ is not a function\b/,
  },
  {
    what: 'an error of a JSON parser',
    pattern: /Unexpected (?:token|end of JSON|non-whitespace)|in JSON at position/,
  },
  {
    what: 'an error of the system',
    pattern: /\bE(?:CONNREFUSED|CONNRESET|NOENT|ACCES|TIMEDOUT|NOTFOUND|PIPE|PERM)\b/,
  },
  {
    what: 'an error of a database',
    pattern:
      /syntax error at or near|(?:relation|column) "?[\w.]+"? does not exist|violates \w[\w -]{1,30} constraint|\bER_[A-Z_]{4,}|error in your SQL syntax|\bSQLITE_[A-Z]{4,}|no such (?:table|column):|\bWRONGTYPE\b|invalid input syntax for type |\bE11000 duplicate key|Invalid `[\w.]+\(\)` invocation/,
  },
  {
    what: 'a statement of SQL',
    pattern:
      /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM) [^<]{1,300} (?:WHERE|VALUES|SET) [^<]{1,60}(?:\$\d|\?|%s)/,
  },
  { what: "a debugger's page", pattern: /\bWerkzeug Debugger\b|\bDEBUG = True\b/ },
];

export const leakingHeaders: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'x-powered-by', pattern: /./ },
  { name: 'x-aspnet-version', pattern: /./ },
  { name: 'x-runtime', pattern: /./ },
  { name: 'server', pattern: /\/\d|\d\.\d/ },
];
