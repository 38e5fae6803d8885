/**
 * Finds passwords and programs that travel without encryption: Telnet, FTP, SNMP without privacy, log-ins to mail servers and directories before TLS
 * has begun, programs, updates and scripts that are loaded by `http://`.
 *
 * ## Why
 * Everybody on the way can read the password, and put another program in the place of the one that was asked for.
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
 * Hosts of this machine, and names that only a private network knows, are not reported. What is checked by a signature or a hash
 * that came another way may be loaded by any.
 */
import type { Call } from '../../ir/ir.ts';
import { inTests } from '../../rule/path-kind.ts';
import type { UseReport, UseRule } from '../../rule/rule.ts';
import { calleeName, type Use } from '../../rule/use.ts';
import { type Plain, pipesToShell, plainRequest } from './download.ts';
import type { Found } from './found.ts';
import { plainJavascript, plainScript } from './javascript.ts';
import { plainPython } from './python.ts';
import { textOf } from './text-of.ts';

export const rule: UseRule = Object.freeze({
  id: 'tls/cleartext',
  title: 'Connection without encryption',
  severity: 'medium',
  cwe: [319, 494],
  owasp: 'A04:2025 Cryptographic Failures',
  advice: 'Use the protocol over TLS: https, ldaps or StartTLS, FTP over TLS or SFTP, SSH.',
  on: ['call', 'store'],
  names:
    /^(bulwark:script|<script>|src|setAttribute|get|post|put|patch|fetch|request|stream|axios|got|needle|urlopen|urlretrieve|getScript|importScripts|download\w*|\w*[dD]ownload|wget|retrieve|Request|_?fetch\w*|run|Popen|call|check_call|check_output|system|exec|execSync|spawn|spawnSync|setFeedURL)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = find(use);
  return found && inTests(use) ? { ...found, confidence: 'low' } : found;
}

function find(use: Use): Found | undefined {
  const { inst } = use;
  if (inst.op === 'store') return use.language === 'javascript' ? plainScript(use, inst) : undefined;
  if (inst.op !== 'call') return undefined;
  const found = use.language === 'python' ? plainPython(use, inst) : plainJavascript(use, inst);
  return found ?? ofRequest(plainRequest(use, inst)) ?? ofShell(use, inst);
}

const said: Readonly<Record<Plain['what'], Found>> = Object.freeze({
  program: { message: 'A program is loaded without TLS', confidence: 'high' },
  package: { message: 'A package is loaded without TLS', confidence: 'medium' },
  archive: { message: 'An archive is loaded without TLS', confidence: 'medium' },
  data: { message: 'An archive of data is loaded without TLS', confidence: 'low' },
  credentials: { message: 'Credentials are sent without TLS', confidence: 'high' },
});

function ofRequest(plain: Plain | undefined): Found | undefined {
  return plain && said[plain.what];
}

/** `subprocess.run("curl http://host/install.sh | sh", shell=True)` */
function ofShell(use: Use, call: Call): Found | undefined {
  if (
    !/^(run|Popen|call|check_call|check_output|system|exec|execSync|spawn|spawnSync)$/.test(
      calleeName(use, call),
    )
  )
    return undefined;
  const text = textOf(use, call.args[0]);
  return text !== undefined && pipesToShell(text) ? said.program : undefined;
}
