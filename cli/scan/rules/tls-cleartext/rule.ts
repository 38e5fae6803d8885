/**
 * Finds passwords and programs that travel without encryption: Telnet, FTP, SNMP without privacy, log-ins to mail
 * servers and directories before TLS has started, and programs, updates and scripts that are downloaded over
 * `http://`. It reads code, shell commands, `package.json`, `.npmrc`, requirements files, settings of pip and similar
 * tools, `Dockerfile`s and CI pipelines.
 *
 * ## Why
 * Anyone on the network path can read the password, or replace the program with another one.
 *
 * ## Bad
 * ```python
 * import smtplib
 *
 * server = smtplib.SMTP("mail.example.com", 587)
 * server.login(user, password)
 * ```
 * ```typescript
 * import { Client } from 'basic-ftp';
 *
 * const client = new Client();
 * await client.access({ host: 'files.example.com', user, password });
 * ```
 * ```typescript
 * import { execSync } from 'node:child_process';
 *
 * execSync('curl http://get.example.com/install.sh | sh');
 * ```
 *
 * ## Good
 * ```python
 * import smtplib
 *
 * server = smtplib.SMTP("mail.example.com", 587)
 * server.starttls()
 * server.login(user, password)
 * ```
 * ```typescript
 * import { Client } from 'basic-ftp';
 *
 * const client = new Client();
 * await client.access({ host: 'files.example.com', user, password, secure: true });
 * ```
 *
 * ## When not to use it
 * Hosts on the same machine, and names that only a private network knows, are not reported. A download may use any
 * connection if a signature or a hash from another source verifies it: the scanner sees that where the same command or
 * line has it.
 */

import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { calleeName, known, type Use } from '../kit/use.ts';
import { type Plain, plainRequest } from './download.ts';
import type { Found } from './found.ts';
import { head } from './head.ts';
import { plainJavascript, plainScript } from './javascript.ts';
import { plainPython } from './python.ts';
import { runsPlainText } from './run-text.ts';
import { saidOf } from './said.ts';
import { shellLoads } from './shell-loads.ts';
import { textOf } from './text-of.ts';

export const rule: UseRule = Object.freeze({
  ...head,
  on: ['call', 'store'],
  names:
    /^(bulwark:script|<script>|src|setAttribute|get|post|put|patch|fetch|request|stream|axios|got|needle|urlopen|urlretrieve|getScript|importScripts|download\w*|\w*[dD]ownload|wget|retrieve|Request|_?fetch\w*|run|Popen|call|check_call|check_output|getoutput|system|popen|exec|eval|Function|compile|Script|runIn\w+Context|exec(File)?(Sync)?|execa\w*|spawn|spawnSync|nugget|superagent|ky|phin|setFeedURL)$/,
  modelled:
    /^use\.(FtpConnect|FtpClass|Ftp|Telnet|TelnetConnect|MailLogin|Mailer|LdapBind|Ldap3Connection|XmlRpc|FeedUrl|ScriptElement|Snmp(Session3?|Community|User))$|^(delete|(node|cross|isomorphic)-fetch|make-fetch-happen|request-promise(-native)?|node-wget|undici|simple-get)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = find(use);
  return found && inTests(use) ? { ...found, confidence: 'low' } : found;
}

const stores: ByHost<typeof plainScript> = { javascript: plainScript };
const calls: ByHost<typeof plainPython> = { javascript: plainJavascript, python: plainPython };

function find(use: Use): Found | undefined {
  const { inst } = use;
  // Templates show their own scripts.
  if (inst.op === 'store')
    return use.language.isTemplate ? undefined : byHost(use.language, stores)?.(use, inst);
  if (inst.op !== 'call') return undefined;
  const found = byHost(use.language, calls)?.(use, inst);
  return (
    found ??
    (runsPlainText(use, inst) ? saidOf.program : undefined) ??
    ofRequest(plainRequest(use, inst)) ??
    ofShell(use, inst)
  );
}

function ofRequest(plain: Plain | undefined): Found | undefined {
  return plain && saidOf[plain.what];
}

/** `subprocess.run("curl http://host/install.sh | sh", shell=True)`, `spawn('wget', ['http://host/tool.deb'])` */
function ofShell(use: Use, call: Call): Found | undefined {
  if (!shells.test(calleeName(use, call))) return undefined;
  const [load] = shellLoads(commandText(use, call));
  return load && saidOf[load.what];
}

const shells =
  /^(run|Popen|call|check_call|check_output|getoutput|system|popen|exec|execSync|execFile|execFileSync|spawn|spawnSync|execa|execaSync|execaCommand)$/;

/** The command, with its arguments if they are a list. */
function commandText(use: Use, call: Call): string {
  const parts = call.args.slice(0, 2).map((value) => {
    const it = known(use, value);
    if (it?.shape !== 'list') return textOf(use, value) ?? '';
    return [...(it.fields?.values() ?? [])]
      .map((item) => constText(item) ?? item.textTemplate ?? '\0')
      .join(' ');
  });
  return parts.join(' ').slice(0, maxCommand);
}

/** The rest of a longer command is ignored. */
const maxCommand = 4000;
