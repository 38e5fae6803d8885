/** What `bulwark-gateway --help` says. */
export const help = `Usage: bulwark-gateway --config FILE [--check]

An HTTP and CONNECT proxy that lets programs reach only what their role allows.
Private addresses and cloud metadata are refused unless the configuration names them.

Options:
  -c, --config FILE   the configuration: YAML (needs the package yaml), or JSON if
                      the file is named *.json
      --check         validate the configuration without starting
  -h, --help          show this help
      --version       show the version

Signals: SIGHUP reloads the configuration. SIGTERM and SIGINT stop the gateway once
open requests have finished; a second signal stops it at once.

Decisions are written to standard output, one JSON object per line, unless the
configuration names a log file. Everything else, including security events, goes to
standard error.

Exit code: 0 after a normal stop, 1 if the gateway cannot listen, 2 if the
configuration or the command line is wrong.

TLS is not decrypted: inside an HTTPS tunnel only the destination is checked, not
redirects and bodies. A redirect to another host needs another tunnel.
`;
