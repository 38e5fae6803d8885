/** What `bulwark-gateway --help` says. */
export const help = `bulwark-gateway --config FILE [--check]

An HTTP and CONNECT proxy that lets programs reach only what their role allows.
Private addresses and cloud metadata are refused unless the configuration names them.

  -c, --config FILE   YAML (needs the package yaml) or, called *.json, JSON
      --check         reads and checks the configuration, and does not start
  -h, --help          says this
      --version       says the version

Signals: SIGHUP reads the configuration again; SIGTERM and SIGINT stop it when what
is under way has ended, and at once when they come a second time.

Decisions are written to standard output, one JSON object a line; what else it has to
say, and security events, to standard error. It ends with 2 where the configuration or
the command line is wrong, with 1 where it cannot listen.

Inside an HTTPS tunnel redirects and bodies are not checked, only where the tunnel
leads: TLS is not opened. A redirect to another host is another tunnel.
`;
