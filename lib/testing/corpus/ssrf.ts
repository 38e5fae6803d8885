/**
 * URLs that make a server reach what its user must not reach, and URLs that only look like it. Collected from the guide
 * (`guide: true`), PayloadsAllTheThings, the OWASP SSRF cheat sheet, Orange Tsai's "A new era of SSRF" (2017), vendors'
 * pages on instance metadata, and the bypasses reported against request-filtering-agent, ssrfcheck, dssrf, private-ip,
 * ip, smokescreen and antissrf. November 2026.
 */
export type SsrfKind =
  | 'ipv4'
  | 'ipv6'
  | 'embedded'
  | 'name'
  | 'metadata'
  | 'userinfo'
  | 'parser'
  | 'idna'
  | 'scheme'
  | 'port';

export interface SsrfPayload {
  readonly name: string;
  readonly url: string;
  readonly kind: SsrfKind;
  readonly why: string;
  /** What the resolver answers for the URL's name; without it the URL alone is enough to refuse. */
  readonly answers?: readonly string[];
  readonly guide?: true;
}

export interface LegitimateUrl {
  readonly name: string;
  readonly url: string;
}

type Row = readonly [name: string, url: string, why: string];

function of(
  kind: SsrfKind,
  rows: readonly Row[],
  more: { readonly guide?: true } = {},
): readonly SsrfPayload[] {
  return rows.map(([name, url, why]) => Object.freeze({ name, url, kind, why, ...more }));
}

type Answered = readonly [name: string, url: string, why: string, answers: readonly string[]];

function answered(rows: readonly Answered[]): readonly SsrfPayload[] {
  return rows.map(([name, url, why, answers]) => Object.freeze({ name, url, kind: 'name', why, answers }));
}

const guide = { guide: true } as const;

/** Under a policy of `hosts: 'public'` each of these is refused. */
export const ssrfPayloads: readonly SsrfPayload[] = Object.freeze([
  ...of(
    'ipv4',
    [
      ['guide: ssh on loopback', 'http://127.0.0.1:22', 'loopback'],
      ['guide: router', 'http://192.168.1.1/admin', 'RFC 1918'],
      [
        'guide: decimal loopback',
        'http://2130706433/',
        'one number is an IPv4 address to inet_aton and to URL',
      ],
    ],
    guide,
  ),
  ...of('name', [['guide: database on localhost', 'http://localhost:3306', 'RFC 6761']], guide),
  ...of(
    'metadata',
    [
      ['guide: AWS', 'http://169.254.169.254/latest/meta-data/', 'IMDSv1'],
      [
        'guide: AWS role credentials',
        'http://169.254.169.254/latest/meta-data/iam/security-credentials/my-role',
        'IMDSv1',
      ],
      ['guide: Google by name', 'http://metadata.google.internal/', 'resolves to 169.254.169.254'],
      ['guide: AWS over IPv6', 'http://[fd00:ec2::254]/latest/meta-data/', 'IMDS'],
    ],
    guide,
  ),
  ...of(
    'scheme',
    [
      ['guide: local file', 'file:///etc/passwd', 'reads the disk'],
      ['guide: ftp', 'ftp://internal.server/', 'another protocol'],
      ['guide: gopher', 'gopher://127.0.0.1:1234', 'sends arbitrary bytes'],
      ['guide: dict', 'dict://127.0.0.1:11211/stat', 'speaks to memcached'],
      ['guide: ldap', 'ldap://127.0.0.1:389/', 'another protocol'],
      ['guide: ldaps', 'ldaps://127.0.0.1/', 'another protocol'],
      ['guide: tftp', 'tftp://127.0.0.1:69/x', 'another protocol'],
      ['guide: sftp', 'sftp://127.0.0.1/', 'another protocol'],
      ['guide: ssh', 'ssh://127.0.0.1/', 'another protocol'],
      ['guide: scp', 'scp://127.0.0.1/x', 'another protocol'],
      ['guide: telnet', 'telnet://127.0.0.1:23/', 'another protocol'],
    ],
    guide,
  ),
  Object.freeze({
    name: 'guide: nip.io',
    url: 'http://127.0.0.1.nip.io/',
    kind: 'name',
    why: 'a public name whose answer is in the name',
    answers: ['127.0.0.1'],
    guide: true,
  }),
  ...of('ipv6', [['guide: loopback', 'http://[::1]/', 'RFC 4291']], guide),
  ...of(
    'embedded',
    [['guide: mapped loopback', 'http://[::ffff:7f00:1]/', 'the operating system connects to 127.0.0.1']],
    guide,
  ),
  ...of('ipv4', [
    ['loopback', 'http://127.0.0.1/', 'RFC 1122'],
    ['end of loopback', 'http://127.255.255.255/', 'all of 127.0.0.0/8 is loopback on Linux'],
    ['another loopback', 'http://127.8.8.8/', 'checks that compare with 127.0.0.1 miss it'],
    ['unspecified', 'http://0.0.0.0/', 'Linux connects to loopback'],
    ['zero', 'http://0/', 'short form of 0.0.0.0'],
    ['this network', 'http://0.1.2.3/', 'RFC 791'],
    ['10/8', 'http://10.0.0.1/', 'RFC 1918'],
    ['end of 10/8', 'http://10.255.255.255/', 'RFC 1918'],
    ['172.16/12', 'http://172.16.0.1/', 'RFC 1918'],
    ['end of 172.16/12', 'http://172.31.255.255/', 'RFC 1918'],
    ['docker bridge', 'http://172.17.0.1/', 'RFC 1918'],
    ['end of 192.168/16', 'http://192.168.255.255/', 'RFC 1918'],
    ['carrier-grade NAT', 'http://100.64.0.1/', 'RFC 6598; Tailscale and Kubernetes use it'],
    ['end of carrier-grade NAT', 'http://100.127.255.254/', 'RFC 6598'],
    ['link-local', 'http://169.254.1.1/', 'RFC 3927'],
    ['protocol assignments', 'http://192.0.0.1/', 'RFC 6890'],
    ['test net 1', 'http://192.0.2.1/', 'RFC 5737'],
    ['test net 2', 'http://198.51.100.1/', 'RFC 5737'],
    ['test net 3', 'http://203.0.113.1/', 'RFC 5737'],
    ['benchmarking', 'http://198.18.0.1/', 'RFC 2544'],
    ['end of benchmarking', 'http://198.19.255.255/', 'RFC 2544'],
    ['6to4 relay', 'http://192.88.99.1/', 'RFC 7526'],
    ['multicast', 'http://224.0.0.1/', 'RFC 1112; CVE-2025-8267'],
    ['end of multicast', 'http://239.255.255.255/', 'RFC 1112'],
    ['reserved', 'http://240.0.0.1/', 'RFC 1112'],
    ['broadcast', 'http://255.255.255.255/', 'RFC 8190'],
    ['octal', 'http://0177.0.0.1/', 'a leading zero means octal'],
    ['octal with more zeros', 'http://0000177.0.0.1/', 'CVE-2021-28918'],
    ['octal throughout', 'http://017700000001/', 'one octal number'],
    ['octal 10/8', 'http://012.1.2.3/', 'looks like 12.1.2.3; CVE-2023-42282'],
    ['hexadecimal', 'http://0x7f000001/', 'one hexadecimal number'],
    ['hexadecimal octets', 'http://0x7f.0x0.0x0.0x1/', 'CVE-2024-29415'],
    ['hexadecimal in capitals', 'http://0X7F.1/', 'CVE-2024-29415'],
    ['mixed bases', 'http://0x7f.0.0.01/', 'one base an octet'],
    ['two parts', 'http://127.1/', 'the last part fills what is left'],
    ['three parts', 'http://127.0.1/', 'the last part fills what is left'],
    ['decimal 10/8', 'http://167772161/', '10.0.0.1'],
    ['decimal 192.168/16', 'http://3232235777/', '192.168.1.1'],
    ['trailing dot', 'http://127.0.0.1./', 'CVE-2022-24825'],
    ['https', 'https://127.0.0.1/', 'CVE of request-filtering-agent < 2.0.0: https was not checked'],
    ['https with a port', 'https://127.0.0.1:443/', 'the same'],
  ]),
  ...of('ipv6', [
    ['loopback written out', 'http://[0:0:0:0:0:0:0:1]/', 'another text, the same bits'],
    [
      'loopback with zeros',
      'http://[0000:0000:0000:0000:0000:0000:0000:0001]/',
      'another text, the same bits',
    ],
    ['unspecified', 'http://[::]/', 'Linux connects to loopback'],
    ['unique local', 'http://[fc00::1]/', 'RFC 4193'],
    ['unique local, assigned half', 'http://[fd12:3456:789a::1]/', 'RFC 4193'],
    ['link-local', 'http://[fe80::1]/', 'RFC 4291'],
    ['end of link-local', 'http://[febf::1]/', 'fe80::/10 ends there'],
    ['site-local', 'http://[fec0::1]/', 'deprecated, and routers still route it'],
    ['multicast', 'http://[ff02::1]/', 'all nodes'],
    ['documentation', 'http://[2001:db8::1]/', 'RFC 3849'],
    ['documentation of 2024', 'http://[3fff::1]/', 'RFC 9637'],
    ['discard', 'http://[100::1]/', 'RFC 6666'],
    ['dummy prefix', 'http://[100:0:0:1::1]/', 'RFC 9780'],
    ['segment routing', 'http://[5f00::1]/', 'RFC 9602'],
    ['benchmarking', 'http://[2001:2::1]/', 'RFC 5180'],
    ['former ORCHID', 'http://[2001:10::1]/', 'RFC 4843'],
    ['protocol assignments', 'http://[2001:100::1]/', 'RFC 2928'],
    ['outside of 2000::/3', 'http://[4000::1]/', 'not allocated'],
    ['AWS resolver', 'http://[fd00:ec2::253]/', 'unique local'],
  ]),
  ...of('embedded', [
    ['mapped, dotted', 'http://[::ffff:127.0.0.1]/', 'RFC 4291'],
    ['mapped, written out', 'http://[0:0:0:0:0:ffff:7f00:0001]/', 'RFC 4291'],
    ['mapped private', 'http://[::ffff:a00:1]/', '10.0.0.1'],
    ['compatible', 'http://[::127.0.0.1]/', 'RFC 4291, 2.5.5.1'],
    ['compatible, hexadecimal', 'http://[::7f00:1]/', 'ipaddr.js calls it unicast'],
    ['translated', 'http://[::ffff:0:7f00:1]/', 'RFC 2765 (SIIT)'],
    ['translated, dotted', 'http://[::ffff:0:127.0.0.1]/', 'RFC 2765 (SIIT)'],
    ['NAT64 of loopback', 'http://[64:ff9b::7f00:1]/', 'RFC 6052: the gateway would unpack it'],
    ['NAT64 of 10/8', 'http://[64:ff9b::10.0.0.1]/', 'RFC 6052'],
    ['NAT64 of 192.168/16', 'http://[64:ff9b::c0a8:101]/', 'RFC 6052'],
    ['NAT64, local prefix', 'http://[64:ff9b:1::7f00:1]/', 'RFC 8215'],
    [
      'NAT64, local prefix of a public address',
      'http://[64:ff9b:1::808:808]/',
      'RFC 8215: whose gateway is not known',
    ],
    ['6to4 of loopback', 'http://[2002:7f00:1::]/', 'RFC 3056'],
    ['6to4 of 10/8', 'http://[2002:a00:1::1]/', 'RFC 3056'],
    ['6to4 of a public address', 'http://[2002:808:808::1]/', 'RFC 7526: no relay is trusted'],
    [
      'Teredo',
      'http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/',
      'RFC 4380; the client is 127.0.0.1 inverted',
    ],
    ['ISATAP', 'http://[2a00:1450:4001:800:0:5efe:7f00:1]/', 'RFC 5214'],
    ['ISATAP, universal', 'http://[2a00:1450:4001:800:200:5efe:10.0.0.1]/', 'RFC 5214'],
  ]),
  ...of('metadata', [
    ['AWS IMDSv2 token', 'http://169.254.169.254/latest/api/token', 'PUT gives a token'],
    ['AWS user data', 'http://169.254.169.254/latest/user-data', 'start-up scripts hold secrets'],
    ['AWS ECS', 'http://169.254.170.2/v2/credentials/', 'task credentials'],
    ['AWS EKS', 'http://169.254.170.23/v1/credentials', 'pod identity'],
    ['AWS EKS over IPv6', 'http://[fd00:ec2::23]/v1/credentials', 'pod identity'],
    ['Google', 'http://169.254.169.254/computeMetadata/v1/', 'instance metadata'],
    ['Google over IPv6', 'http://[fd20:ce::254]/computeMetadata/v1/', 'instance metadata'],
    ['Google, short name', 'http://metadata/computeMetadata/v1/', 'search domain'],
    ['Google, public name', 'http://metadata.goog/computeMetadata/v1/', 'resolves to 169.254.169.254'],
    ['Google, absolute name', 'http://metadata.google.internal./', 'trailing dot'],
    ['Google, in capitals', 'http://METADATA.Google.Internal/', 'names have no case'],
    ['Azure', 'http://169.254.169.254/metadata/instance?api-version=2021-02-01', 'instance metadata'],
    [
      'Azure wire server',
      'http://168.63.129.16/machine?comp=goalstate',
      'a public address, special inside Azure',
    ],
    ['Alibaba', 'http://100.100.100.200/latest/meta-data/', 'instance metadata'],
    ['Oracle', 'http://169.254.169.254/opc/v2/instance/', 'instance metadata'],
    ['Oracle Classic', 'http://192.0.0.192/latest/meta-data/', 'instance metadata'],
    ['Oracle over IPv6', 'http://[fd00:c1::a9fe:a9fe]/opc/v2/instance/', 'instance metadata'],
    ['DigitalOcean', 'http://169.254.169.254/metadata/v1.json', 'instance metadata'],
    ['Hetzner', 'http://169.254.169.254/hetzner/v1/metadata', 'instance metadata'],
    ['OpenStack', 'http://169.254.169.254/openstack/latest/user_data', 'instance metadata'],
    ['OpenStack over IPv6', 'http://[fe80::a9fe:a9fe]/openstack', 'instance metadata'],
    ['Tencent', 'http://metadata.tencentyun.com/latest/meta-data/', 'instance metadata'],
    ['Tencent address', 'http://169.254.0.23/latest/meta-data/', 'instance metadata'],
    ['Scaleway', 'http://169.254.42.42/conf?format=json', 'instance metadata'],
    ['Scaleway over IPv6', 'http://[fd00:42::42]/conf', 'instance metadata'],
    ['Equinix', 'https://metadata.platformequinix.com/metadata', 'instance metadata'],
    ['EC2 name', 'http://instance-data/latest/meta-data/', 'resolves inside EC2'],
    ['EC2 long name', 'http://instance-data.ec2.internal/latest/', 'resolves inside EC2'],
    ['Rancher', 'http://rancher-metadata/2015-12-19/', 'container metadata'],
    ['decimal', 'http://2852039166/latest/meta-data/', '169.254.169.254 as one number'],
    ['hexadecimal', 'http://0xa9fea9fe/', '169.254.169.254 as one number'],
    ['octal', 'http://0251.0376.0251.0376/', '169.254.169.254 in octal'],
    ['short', 'http://169.254.43518/', '169.254.169.254 in three parts'],
    ['mapped', 'http://[::ffff:a9fe:a9fe]/', '169.254.169.254'],
    ['mapped, dotted', 'http://[::ffff:169.254.169.254]/', '169.254.169.254'],
    ['NAT64', 'http://[64:ff9b::a9fe:a9fe]/', '169.254.169.254'],
    ['compatible', 'http://[::a9fe:a9fe]/', '169.254.169.254'],
    ['6to4', 'http://[2002:a9fe:a9fe::1]/', '169.254.169.254'],
    ['with a port', 'http://169.254.169.254:80/', 'the default port, spelt out'],
    ['trailing dot', 'http://169.254.169.254./', 'an absolute name that is an address'],
  ]),
  ...of('name', [
    ['localhost', 'http://localhost/', 'RFC 6761'],
    ['localhost, absolute', 'http://localhost./', 'RFC 6761'],
    ['localhost, in capitals', 'http://LOCALHOST/', 'names have no case'],
    ['below localhost', 'http://app.localhost/', 'RFC 6761: systemd-resolved answers 127.0.0.1'],
    ['hosts file', 'http://localhost.localdomain/', 'in /etc/hosts on many machines'],
    ['hosts file, IPv6', 'http://ip6-localhost/', 'in /etc/hosts on Debian'],
    ['single label', 'http://redis/', 'Docker and Kubernetes resolve service names'],
    ['router', 'http://router/', 'search domain'],
    ['mDNS', 'http://printer.local/', 'RFC 6762'],
    ['private top level', 'http://vault.internal/', 'reserved by ICANN in 2024'],
    ['home network', 'http://nas.home.arpa/', 'RFC 8375'],
    ['corporate network', 'http://wiki.corp/', 'reserved by ICANN in 2018'],
    ['Docker host', 'http://host.docker.internal/', 'the machine below the container'],
    ['Kubernetes', 'https://kubernetes.default.svc.cluster.local/', 'the API server'],
  ]),
  ...answered([
    ['loopback answer', 'http://localtest.me/', 'a public name', ['127.0.0.1']],
    ['dashed sslip.io', 'http://127-0-0-1.sslip.io/', 'the answer is in the name', ['127.0.0.1']],
    ['hexadecimal nip.io', 'http://7f000001.nip.io/', 'the answer is in the name', ['127.0.0.1']],
    ['nip.io of 10/8', 'http://app.10.0.0.1.nip.io/', 'the answer is in the name', ['10.0.0.1']],
    [
      'nip.io of metadata',
      'http://169.254.169.254.nip.io/',
      'the answer is in the name',
      ['169.254.169.254'],
    ],
    ['IPv6 answer', 'http://six.localtest.example/', 'loopback', ['::1']],
    ['mapped answer', 'http://mapped.localtest.example/', 'an AAAA record can hold it', ['::ffff:7f00:1']],
    ['compatible answer', 'http://compat.localtest.example/', 'an AAAA record can hold it', ['::7f00:1']],
    ['NAT64 answer', 'http://nat64.localtest.example/', 'of 10.0.0.1', ['64:ff9b::a00:1']],
    ['unspecified answer', 'http://zero.localtest.example/', 'Linux connects to loopback', ['0.0.0.0']],
    [
      'mixed answer',
      'http://mixed.localtest.example/',
      'one of two is private',
      ['93.184.215.14', '10.0.0.1'],
    ],
    [
      'mixed, private first',
      'http://mixed2.localtest.example/',
      'one of two',
      ['192.168.0.1', '93.184.215.14'],
    ],
    ['mixed families', 'http://mixed6.localtest.example/', 'IPv6 is private', ['93.184.215.14', 'fd00::1']],
    ['number in front', 'http://1.example.1.localtest.example/', 'no address, a name', ['172.16.0.1']],
    [
      'underscore',
      'http://my_app.localtest.example/',
      'not a host name, and resolvers take it',
      ['10.0.0.9'],
    ],
  ]),
  ...of('userinfo', [
    ['trusted name as user', 'http://example.com@127.0.0.1/', 'what is before @ is no host'],
    ['trusted name and password', 'http://example.com:80@127.0.0.1/', 'looks like host and port'],
    ['user and public host', 'http://127.0.0.1@example.com/', 'read the other way round by old parsers'],
    ['two at signs', 'http://a@127.0.0.1@example.com/', 'parsers split at the first or the last'],
    ['encoded at sign', 'http://example.com%40127.0.0.1/', 'no host has an at sign'],
    ['empty user with password', 'http://:secret@example.com/', 'a password without a user'],
    ['user of two lines', 'http://example.com\r\n@127.0.0.1/', 'line breaks are removed'],
    ['fragment before at', 'http://127.0.0.1#@example.com/', 'the fragment starts first'],
    ['query before at', 'http://127.0.0.1?@example.com/', 'the query starts first'],
  ]),
  ...of('parser', [
    ['backslash', 'http:\\\\127.0.0.1\\', 'browsers read it as a slash'],
    [
      'backslash before at',
      'http://127.0.0.1\\@example.com/',
      'ssrfcheck#2: a path for browsers, userinfo for others',
    ],
    ['no slashes', 'http:127.0.0.1/', 'a special scheme needs none'],
    ['one slash', 'http:/127.0.0.1/', 'a special scheme needs none'],
    ['many slashes', 'http://///127.0.0.1/', 'all are skipped'],
    ['tab in the host', 'http://127.0.\t0.1/', 'removed by the parser'],
    ['line break in the host', 'http://127.0.0\n.1/', 'removed by the parser'],
    ['tab in the scheme', 'ht\ttp://127.0.0.1/', 'removed by the parser'],
    ['white space around', '  http://127.0.0.1/  ', 'trimmed by the parser'],
    ['control character in front', '\u0001http://127.0.0.1/', 'trimmed by the parser'],
    ['encoded host', 'http://%31%32%37.0.0.1/', 'decoded by the parser'],
    ['encoded dots', 'http://127%2e0%2e0%2e1/', 'decoded by the parser'],
    ['encoded name', 'http://%6c%6f%63%61%6c%68%6f%73%74/', 'localhost'],
    ['zone of link-local', 'http://[fe80::1%25eth0]/', 'no zone in a URL'],
    ['double brackets', 'http://[[::1]]/', 'CVE-2022-29188'],
    ['brackets around IPv4', 'http://[127.0.0.1]/', 'not an address'],
    ['protocol-relative', '//127.0.0.1/', 'no base to be relative to'],
    ['relative', '/admin', 'no base to be relative to'],
    ['empty', '', 'no URL'],
    ['no scheme', '127.0.0.1', 'no URL'],
    ['host and port alone', 'localhost:8080/admin', 'read as the scheme localhost:'],
    ['no host', 'http://', 'no URL'],
    ['two dots at the end', 'http://localhost../', 'an empty label'],
    ['overflowing number', 'http://4294967297/', 'wraps to 0.0.0.1 in some readers'],
    ['octet above 255', 'http://127.0.0.256/', 'no address'],
    ['five parts', 'http://127.0.0.1.1/', 'no address, and no name either'],
    ['null byte', 'http://127.0.0.1%00.example.com/', 'cut off by readers in C'],
  ]),
  ...of('idna', [
    ['circled digits', 'http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/', 'NFKC makes them 127.0.0.1'],
    ['full-width digits', 'http://\uff11\uff12\uff17.\uff10.\uff10.\uff11/', 'NFKC makes them 127.0.0.1'],
    ['ideographic full stop', 'http://127\u30020\u30020\u30021/', 'a dot for IDNA'],
    ['full-width full stop', 'http://127\uff0e0\uff0e0\uff0e1/', 'a dot for IDNA'],
    ['half-width full stop', 'http://127\uff610\uff610\uff611/', 'a dot for IDNA'],
    [
      'circled letters',
      'http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3/',
      'NFKC makes them localhost',
    ],
    ['soft hyphen', 'http://local\u00adhost/', 'ignored by IDNA'],
    ['zero-width space', 'http://127.0.0\u200b.1/', 'ignored by IDNA'],
    ['mathematical letters', 'http://\ud835\udcc1ocalhost/', 'NFKC makes it localhost'],
    ['long s', 'http://localho\u017ft/', 'mapped to s'],
  ]),
  ...of('scheme', [
    ['file with a host', 'file://127.0.0.1/etc/passwd', 'reads a share'],
    ['data', 'data:text/html,hello', 'needs no network and passes every limit'],
    ['blob', 'blob:https://example.com/0a1b', 'reads the memory'],
    ['javascript', 'javascript:alert(1)', 'no request'],
    ['jar', 'jar:http://127.0.0.1!/', 'Java'],
    ['web socket', 'ws://127.0.0.1/', 'another protocol'],
    ['in capitals', 'GOPHER://127.0.0.1:6379/_INFO', 'schemes have no case'],
    ['view source', 'view-source:http://127.0.0.1/', 'a wrapper'],
  ]),
  ...of('port', [
    ['Redis on a public name', 'http://example.com:6379/', 'a port that is not for the web'],
    ['SMTP on a public name', 'http://example.com:25/', 'a port that is not for the web'],
    ['Docker on a public address', 'http://93.184.215.14:2375/', 'a port that is not for the web'],
    ['Elasticsearch, https', 'https://example.com:9200/', 'a port that is not for the web'],
    ['port 0', 'http://example.com:0/', 'no port'],
    ['port with zeros', 'http://example.com:00022/', 'another text, the same number'],
    ['port too large', 'http://example.com:65616/', 'wraps to 80 in some readers'],
  ]),
]);

function legitimate(rows: readonly (readonly [name: string, url: string])[]): readonly LegitimateUrl[] {
  return rows.map(([name, url]) => Object.freeze({ name, url }));
}

/** Under a policy of `hosts: 'public'` each of these is let through, if its name resolves to a public address. */
export const legitimateUrls: readonly LegitimateUrl[] = Object.freeze([
  ...legitimate([
    ['plain', 'http://example.com/'],
    ['https', 'https://www.example.org/path/page.html?x=1#part'],
    ['the default port, spelt out', 'https://example.com:443/'],
    ['the other default port', 'http://example.com:443/'],
    ['no slash', 'https://example.com'],
    ['capitals', 'HTTPS://EXAMPLE.COM/Path'],
    ['trailing dot', 'https://example.com./'],
    ['underscore', 'https://my_bucket.s3.amazonaws.com/a.png'],
    ['dashes', 'https://xn--bcher-kva.example/'],
    ['IDN', 'https://b\u00fccher.example/'],
    ['IDN in another script', 'https://\u4f8b\u3048.\u30c6\u30b9\u30c8.example/'],
    ['many labels', 'https://a.b.c.d.e.f.g.example.com/'],
    ['digits in the first label', 'https://10.example.com/'],
    ['looks like an address', 'http://127.0.0.1.example.com/'],
    ['localhost in front', 'https://localhost.example.com/'],
    ['internal in front', 'https://internal.example.com/'],
    ['metadata in front', 'https://metadata.example.com/'],
    ['local in the middle', 'https://shop.local.example.com/'],
    ['ends like a local name', 'https://thelocal.se/'],
    ['at sign in the path', 'https://medium.com/@author/post'],
    ['at sign in the query', 'https://example.com/?mail=a@b.example'],
    ['address in the query', 'https://example.com/?next=http://127.0.0.1/'],
    ['address in the path', 'https://web.archive.org/web/2020/http://10.0.0.1/'],
    ['address in the fragment', 'https://example.com/#http://169.254.169.254/'],
    ['encoded characters', 'https://example.com/a%20b/%E2%82%AC?q=%22'],
    ['non-ASCII path', 'https://example.com/stra\u00dfe'],
    ['white space around', ' https://example.com/ '],
    ['semicolons', 'https://example.com/a;v=1;w=2?b;c'],
    [
      'signed URL',
      `https://bucket.s3.eu-central-1.amazonaws.com/key?X-Amz-Signature=${'0123456789abcdef'.repeat(4)}`,
    ],
    ['long URL', `https://example.com/?${'q=0123456789&'.repeat(600)}`],
    ['label of 63 characters', `https://${'a'.repeat(63)}.example.com/`],
    ['one label, new top level', 'https://nic.google/'],
  ]),
  ...legitimate([
    ['public resolver', 'https://1.1.1.1/'],
    ['another', 'https://8.8.8.8/'],
    ['below 10/8', 'http://9.255.255.255/'],
    ['above 10/8', 'http://11.0.0.0/'],
    ['below carrier-grade NAT', 'http://100.63.255.255/'],
    ['above carrier-grade NAT', 'http://100.128.0.0/'],
    ['below loopback', 'http://126.255.255.255/'],
    ['above loopback', 'http://128.0.0.0/'],
    ['below link-local', 'http://169.253.255.255/'],
    ['above link-local', 'http://169.255.0.0/'],
    ['below 172.16/12', 'http://172.15.255.255/'],
    ['above 172.16/12', 'http://172.32.0.0/'],
    ['below 192.168/16', 'http://192.167.255.255/'],
    ['above 192.168/16', 'http://192.169.0.0/'],
    ['below benchmarking', 'http://198.17.255.255/'],
    ['above benchmarking', 'http://198.20.0.0/'],
    ['below multicast', 'http://223.255.255.255/'],
    ['beside Azure', 'http://168.63.129.17/'],
    ['anycast in a special range', 'http://192.31.196.1/'],
    ['decimal public address', 'http://134744072/'],
    ['IPv6', 'https://[2606:4700:4700::1111]/'],
    ['IPv6, written out', 'https://[2001:4860:4860:0:0:0:0:8888]/'],
    ['IPv6, beside documentation', 'http://[2001:db9::1]/'],
    ['IPv6, above 2001::/23', 'http://[2001:200::1]/'],
    ['mapped public address', 'http://[::ffff:8.8.8.8]/'],
    ['NAT64 of a public address', 'http://[64:ff9b::808:808]/'],
  ]),
]);
