/**
 * The production checklist of the guide: 21 lines in three groups, and the aspects of each. A line passes if all of its aspects do; an
 * aspect without an outcome is unknown. This is the source of the table in docs/commands/audit.md.
 */
export type Group = 'application' | 'infrastructure' | 'process';

export interface Aspect {
  /** What passes it. */
  readonly passes: string;
  readonly fails: string;
  /** What leaves it unknown, besides having looked at nothing. */
  readonly unknown: string;
  /** Files can't show it, so that a person may attest it. */
  readonly mayBeAttested?: true;
}

export interface Line {
  readonly group: Group;
  readonly title: string;
  /** OWASP Top 10:2025. */
  readonly owasp: string;
  readonly aspects: Readonly<Record<string, Aspect>>;
}

export const lines = {
  queries: {
    group: 'application',
    title: 'All database queries use parameterised statements',
    owasp: 'A05:2025 Injection',
    aspects: {
      sites: {
        passes:
          'Every place that sends a query is listed, and each is constant, has bound parameters, or varies by a fixed list.',
        fails: 'Untrusted input reaches the text of a query.',
        unknown: 'The text of a query could not be resolved, or a file could not be parsed.',
      },
    },
  },
  escaping: {
    group: 'application',
    title: 'Templates escape by default, and tests show it',
    owasp: 'A05:2025 Injection',
    aspects: {
      sites: {
        passes: 'Every place that makes HTML is listed, and each escapes what varies.',
        fails: 'Escaping is switched off, or untrusted input reaches markup unescaped.',
        unknown: 'A place could not be resolved, or a file or template could not be parsed.',
      },
      tested: {
        passes: 'A test that CI runs sends markup to the application and looks at how it comes back.',
        fails: 'The project has templates and tests, and no test sends markup.',
        unknown: 'The project has no tests that can be read.',
      },
    },
  },
  input: {
    group: 'application',
    title: 'Input is validated by allow lists, not by deny lists',
    owasp: 'A06:2025 Insecure Design',
    aspects: {
      attested: {
        passes: 'Nothing in files passes it.',
        fails: 'Nothing in files fails it.',
        unknown: 'Nobody attests it.',
        mayBeAttested: true,
      },
    },
  },
  outbound: {
    group: 'application',
    title: 'Every outbound request is checked against SSRF',
    owasp: 'A01:2025 Broken Access Control',
    aspects: {
      sites: {
        passes:
          'Every place that sends a request is listed, and each has a constant host, a host of a fixed list, or a guarded client.',
        fails: 'Untrusted input chooses the host.',
        unknown: 'The URL of a request could not be resolved, or a file could not be parsed.',
      },
    },
  },
  uploads: {
    group: 'application',
    title: 'File uploads are restricted and stored safely',
    owasp: 'A06:2025 Insecure Design',
    aspects: {
      sites: {
        passes:
          'Every place that takes an upload is listed, and each limits the size, checks the type and chooses the stored name itself; or all code was read, and none takes any.',
        fails: 'An upload is stored under its own name, without a limit or without a check of its type.',
        unknown: 'A place could not be resolved, or a file could not be parsed.',
      },
    },
  },
  errors: {
    group: 'application',
    title: 'Error messages do not leak sensitive information',
    owasp: 'A10:2025 Mishandling of Exceptional Conditions',
    aspects: {
      debug: {
        passes: 'Debug mode is off in what production runs.',
        fails: 'Debug mode is on, or on by default.',
        unknown: 'The setting is computed or not found.',
      },
      handler: {
        passes: 'Errors are answered by a handler that shows no details, and no other code sends them.',
        fails: 'The message or stack of an error is sent to the client.',
        unknown: 'No error handler was found, and the default of the framework was not seen to be safe.',
      },
    },
  },
  logging: {
    group: 'application',
    title: 'The log has security events and no secrets',
    owasp: 'A09:2025 Security Logging and Alerting Failures',
    aspects: {
      events: {
        passes: 'Failed log-ins and refusals are logged.',
        fails:
          'The project has a log-in and code that logs, and no failure is logged; or logging is switched off.',
        unknown: 'No place that logs was found or could be resolved.',
      },
      secrets: {
        passes: 'Every place that logs is listed, and none logs a secret.',
        fails: 'A password, token or other secret reaches the log.',
        unknown: 'What is logged could not be resolved, or a file could not be parsed.',
      },
    },
  },
  cookies: {
    group: 'application',
    title: 'Session cookies are Secure and HttpOnly',
    owasp: 'A02:2025 Security Misconfiguration',
    aspects: {
      session: {
        passes: 'The cookie of every session is set with Secure, HttpOnly and SameSite.',
        fails: 'One of them is missing, or switched off.',
        unknown: 'The setting is computed, or how sessions are kept was not found.',
      },
    },
  },
  https: {
    group: 'infrastructure',
    title: 'HTTPS is enforced, with HSTS',
    owasp: 'A04:2025 Cryptographic Failures',
    aspects: {
      redirect: {
        passes:
          'Requests over http are redirected to https, by a response or by the configuration of the application or its proxy.',
        fails: 'Content is answered over http, or the redirect is switched off.',
        unknown: 'Neither a running site nor a configuration was seen.',
      },
      hsts: {
        passes: 'Responses carry Strict-Transport-Security for at least 180 days.',
        fails: 'The header is missing, shorter, or switched off.',
        unknown: 'Neither a response nor a configuration was seen.',
      },
    },
  },
  csp: {
    group: 'infrastructure',
    title: 'A Content Security Policy is in place',
    owasp: 'A02:2025 Security Misconfiguration',
    aspects: {
      policy: {
        passes:
          'Pages are sent with a policy that stops inline scripts: nonces or hashes, and no `unsafe-inline` or wildcard for scripts.',
        fails: 'There is no policy, it only reports, or it allows inline scripts or any host.',
        unknown: 'The policy is computed, or neither a response nor a configuration was seen.',
      },
    },
  },
  cors: {
    group: 'infrastructure',
    title: 'CORS is configured restrictively',
    owasp: 'A02:2025 Security Misconfiguration',
    aspects: {
      origins: {
        passes: 'Cross-origin access is off, or for a fixed list of origins.',
        fails:
          'Any origin is allowed with credentials, the origin of the request is reflected, or any origin may read what is not public.',
        unknown: 'The list of origins is computed.',
      },
    },
  },
  'rate-limits': {
    group: 'infrastructure',
    title: 'Rate limits protect against brute force',
    owasp: 'A07:2025 Authentication Failures',
    aspects: {
      'log-in': {
        passes:
          'Every route that checks a password has a limit of attempts; or all code was read, and none checks any.',
        fails: 'A route that checks a password has no limit.',
        unknown: 'The routes could not be resolved.',
      },
    },
  },
  server: {
    group: 'infrastructure',
    title: 'The web server is configured securely, and does not reveal its software',
    owasp: 'A02:2025 Security Misconfiguration',
    aspects: {
      tokens: {
        passes:
          'Neither responses nor error pages name the software or its version. The bare name of nginx is accepted: it cannot be switched off.',
        fails: 'A header or a page names it, or the configuration leaves the default that does.',
        unknown: 'Neither a response nor a configuration of the server was seen.',
      },
      hardening: {
        passes:
          'The configurations of server, container and service that are there run without root, list no folders and serve no dot files; and the application switches off no header that protects browsers.',
        fails: 'One of them does, or such a header is switched off.',
        unknown: 'No configuration of server, container or service was found.',
      },
    },
  },
  firewall: {
    group: 'infrastructure',
    title: 'The web tier cannot reach the internal network',
    owasp: 'A01:2025 Broken Access Control',
    aspects: {
      egress: {
        passes:
          'A network policy, firewall rules or a gateway for outbound traffic deny by default, and are in the files of the deployment.',
        fails: 'A policy or the rules allow all outbound traffic.',
        unknown: 'No such files were found.',
        mayBeAttested: true,
      },
    },
  },
  metadata: {
    group: 'infrastructure',
    title: 'Cloud metadata services are blocked or secured',
    owasp: 'A01:2025 Broken Access Control',
    aspects: {
      blocked: {
        passes:
          'Infrastructure code requires session tokens for metadata (IMDSv2, hop limit 1), or network rules deny the address.',
        fails: 'Infrastructure code allows metadata without a token.',
        unknown: 'No infrastructure code or rule speaks of it.',
        mayBeAttested: true,
      },
    },
  },
  'static-analysis': {
    group: 'process',
    title: 'Static analysis runs in CI',
    owasp: 'A06:2025 Insecure Design',
    aspects: {
      ci: {
        passes:
          'A job of CI runs a security scanner on pushes or pull requests, and its failure fails the job.',
        fails: 'CI is there, and no job runs one; or its result is ignored.',
        unknown: 'No configuration of CI was found, or it calls a script that could not be read.',
      },
      workflow: {
        passes:
          'Every workflow limits the permissions of its token, runs no code of a pull request with secrets, and puts no untrusted text into a script.',
        fails:
          'A workflow sets no permissions or `write-all`, checks out a pull request under `pull_request_target` or `workflow_run`, or has untrusted text in a script.',
        unknown: 'No configuration of CI was found, or a workflow could not be parsed.',
      },
    },
  },
  dependencies: {
    group: 'process',
    title: 'Dependencies are scanned automatically',
    owasp: 'A03:2025 Software Supply Chain Failures',
    aspects: {
      ci: {
        passes:
          'A job of CI or a bot looks for known vulnerabilities, and its failure fails the job or opens an alert.',
        fails: 'CI is there, and neither a job nor a bot does; or its result is ignored.',
        unknown: 'No configuration of CI or of a bot was found.',
      },
      locked: {
        passes: 'Every manifest has a lock file, or exact versions with hashes.',
        fails: 'A manifest has version ranges and no lock file.',
        unknown: 'No manifest was found, or its versions are exact but have no hashes.',
      },
      supported: {
        passes: 'Every runtime and framework whose life is known to Bulwark still gets security fixes.',
        fails: 'The version of one has reached the end of its life.',
        unknown: 'No file fixes the version of the runtime, or its end of life is not known.',
      },
      vulnerable: {
        passes: 'No package of a lock file has a known vulnerability that was not accepted.',
        fails: 'A package of a lock file has one.',
        unknown:
          'No advisories were named with `--advisories`, they are missing, broken or old, or a lock file could not be read.',
      },
      pinned: {
        passes:
          'Every third-party action, workflow and include that CI uses is pinned to a full commit SHA; or CI was read and uses none.',
        fails: 'One of them is named by a tag or a branch, which can be moved to other code.',
        unknown: 'No configuration of CI was found, or a part of it could not be parsed.',
      },
    },
  },
  'security-tests': {
    group: 'process',
    title: 'The test suite has security tests',
    owasp: 'A06:2025 Insecure Design',
    aspects: {
      suite: {
        passes: 'Tests that CI runs send malicious input or assert a refusal.',
        fails: 'The project has tests that CI runs, and none does; or it has no tests.',
        unknown: 'Tests are there, and it is not known whether CI runs them.',
      },
    },
  },
  secrets: {
    group: 'process',
    title: 'Secrets are never committed to version control',
    owasp: 'A04:2025 Cryptographic Failures',
    aspects: {
      tree: {
        passes: 'All files were searched, and none holds a secret.',
        fails: 'A file under version control holds a secret.',
        unknown: 'A file could not be read.',
      },
      history: {
        passes: 'All commits were searched, and none holds a secret.',
        fails: 'A commit holds a secret, even if it was removed later.',
        unknown: 'The folder is no Git repository, or its history is shallow or broken.',
      },
    },
  },
  training: {
    group: 'process',
    title: 'Developers are trained in security regularly',
    owasp: 'A06:2025 Insecure Design',
    aspects: {
      attested: {
        passes: 'Nothing in files passes it.',
        fails: 'Nothing in files fails it.',
        unknown: 'Nobody attests it, or what is attested has expired.',
        mayBeAttested: true,
      },
    },
  },
  'incident-plan': {
    group: 'process',
    title: 'There is an incident response plan',
    owasp: 'A09:2025 Security Logging and Alerting Failures',
    aspects: {
      attested: {
        passes: 'Nothing in files passes it: a file can be there that nobody follows.',
        fails: 'Nothing in files fails it.',
        unknown: 'Nobody attests it, or what is attested has expired.',
        mayBeAttested: true,
      },
    },
  },
} as const;

type Lines = typeof lines;
export type LineId = keyof Lines;
/** `https/redirect` */
export type AspectId = {
  [L in LineId]: `${L}/${keyof Lines[L]['aspects'] & string}`;
}[LineId];
