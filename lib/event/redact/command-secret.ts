/** The options and positions by which common tools take a password on the command line. */
const commands: readonly (readonly [tools: string, before: string, value?: string])[] = [
  ['(?:mysql\\w*|mariadb[\\w-]*)', ' -p(?=\\S)'],
  ['sshpass', ' -p ?'],
  [
    '(?:curl|wget|https?)',
    ' (?:-\\w{0,6}u|--user|--proxy-user|-a|--auth)(?: |=)?["\']?[^\\s:"\']{1,80}:(?!//)',
    '(?:(?<=["\'][^\\s:"\']{1,80}:)[^"\']+|[^\\s"\']+)',
  ],
  ['redis-cli', ' (?:-a|--pass) '],
  ['(?:docker|podman|nerdctl|helm|oras|crane|az|oc)', ' login(?: [^\\n]{0,80}?)? -p ?(?!["\'],)(?=[^-\\s])'],
  ['(?:sqlcmd|bcp|osql|isql|ipmitool|(?:un)?zip|rclone)', ' -P ?'],
  ['(?:7z[azr]?|(?:un)?rar)', ' -p(?=\\S)'],
  ['ldap(?:search|add|modify|delete|passwd|whoami|compare)', ' -w ?'],
  ['(?:smbclient|rpcclient|smbmap|cifs)', ' -U ?["\']?[^\\s%"\']{1,80}%'],
  ['lftp', ' -u ["\']?[^\\s,"\']{1,80},'],
  ['(?:xfreerdp\\d?|wfreerdp|rdesktop)', ' (?:/p:|-p ?)'],
  ['htpasswd', ' -\\w{0,4}b\\w{0,4} \\S{1,200} \\S{1,80} '],
  ['schtasks', ' /rp '],
  ['net', ' use [^\\n]{1,200}?/user:\\S{1,80} '],
  ['net', ' user \\S{1,80} (?!/)', '[^\\s"\']+(?=["\'\\n]|\\s*$|\\s+/)'],
  ['(?:mongo(?:sh|dump|restore|export|import)?|psexec|cqlsh)', ' -p ?(?=\\D|\\d+\\D)'],
  ['openssl', ' (?:-(?:passin|passout|pass) (?:pass:)|-k )'],
  ['snmp(?:walk|get|set|bulkwalk)', ' -[AX] '],
  ['sqlplus', ' (?:-\\w{1,2} )?[\\w.-]{1,60}/', '[^\\s@"\']+'],
  ['chpasswd', ' ?<<< ?["\']?[\\w.-]{1,60}:', '[^\\s"\']+'],
  ['vncpasswd', ' -f ?<<< ?'],
];

const plain =
  '(?!["\']?\\[?redacted\\])(?:(?<=")[^"\\n]{1,200}|(?<=\')[^\'\\n]{1,200}|"[^"\\n]{1,200}"?|\'[^\'\\n]{1,200}\'?|[^\\s"\'|;&<>]{1,200})';

/** A space on a command line, or the separator of an argument list. */
const space = '(?:["\',[]{0,3} \\\\{0,3}["\'[]{0,2}|["\'],\\[?["\'])';

const patterns = commands.map(
  ([tools, before, value = plain]) =>
    new RegExp(
      `(\\b${tools}(?:\\.exe)?(?=["', ])(?:[^\\n|;]{0,200}?[^\\n|;-])??${before.replaceAll(' ', space)})${value}`,
      'g',
    ),
);

const piped: readonly RegExp[] = [
  /(\b(?:echo|printf)(?: -\w{1,3})? ["']?)[^\n"'|]{1,200}(?=["']? ?\| ?(?:sudo\b[^|\n]{0,40} -S|(?:docker|podman|helm) login\b|su\b|passwd\b))/g,
  /(\b(?:echo|printf)(?: -\w{1,3})? ["']?[\w.-]{1,60}:)[^\n"'|\s]{1,200}(?=["']? ?\| ?(?:sudo )?chpasswd\b)/g,
  // Redis, and SMTP.
  /((?<![\w.-])AUTH (?:[\w.-]{1,40} )?["']?)(?=[\w!-~]{0,60}\d)(?=[\w!-~]{0,60}[A-Za-z])[^\s"']{6,200}/g,
];

const tool =
  /\b(?:mysql|mariadb|sshpass|curl|wget|https?|redis-cli|login|sqlcmd|bcp|osql|isql|ipmitool|zip|unzip|rclone|7z|rar|unrar|ldap|smb|rpcclient|lftp|xfreerdp|wfreerdp|rdesktop|htpasswd|schtasks|net|mongo|psexec|cqlsh|openssl|snmp|sqlplus|chpasswd|vncpasswd|echo|printf|AUTH)/;

/** Redacts passwords on command lines. */
export function withoutCommandSecrets(text: string): string {
  if (!tool.test(text)) return text;
  let clean = text;
  for (const pattern of patterns) clean = clean.replace(pattern, '$1[redacted]');
  for (const pattern of piped) clean = clean.replace(pattern, '$1[redacted]');
  return clean;
}
