/**
 * A program with an option that runs another program, or that writes or reads a file. The options are in the manuals of git
 * 2.47 (`--upload-pack`, `--output`), Mercurial 7, OpenSSH 9 (`-oProxyCommand`), curl 8 and wget 1.24 (`-o`, `-K`), rsync
 * 3.4 (`-e`), GNU tar 1.35 (`--checkpoint-action`), findutils 4.10 (`-exec`), Info-ZIP 3 (`-TT`), coreutils 9 (`sort
 * --compress-program`), man-db 2 (`-P`), psql 17 (`-c`), mysql 9 (`-e`), sqlite3 (`-cmd`), exim and sendmail (`-C`, `-X`),
 * ripgrep 14 (`--pre`), nmap 7 (`--script`).
 */
export interface OptionProgram {
  readonly program: RegExp;
  /**
   * The subcommands that have such options, such as `clone` of git. All if absent. Subcommands with other `flags` can
   * have another entry.
   */
  readonly commands?: RegExp;
  /** Options without a value: the next argument does not belong to them. */
  readonly flags?: RegExp;
  /** Only arguments before the first operand are parsed as options. */
  readonly isFirst?: true;
  /** The first argument contains options, with or without `-`: `tar xzf a.tgz`. */
  readonly isBundled?: true;
}

export const optionPrograms: readonly OptionProgram[] = Object.freeze([
  {
    program: /^git$/,
    commands:
      /^(clone|fetch|pull|push|ls-remote|archive|log|diff|show|rebase|format-patch|difftool|submodule|diff-tree|diff-index|send-pack|fetch-pack|request-pull)$/,
    flags:
      /^(-[qvfpszwirtEMR]+|--(quiet|verbose|bare|mirror|recursive|recurse-submodules|no-checkout|single-branch|no-tags|tags|heads|all|prune|force|oneline|name-only|name-status|stat|numstat|shortstat|patch|no-patch|no-color|cached|staged|exit-code|progress|no-pager|raw|follow|merges|no-merges|reverse|graph|dry-run|porcelain|delete|set-upstream|symref|refs|get-url|exit-code))$/,
  },
  {
    program: /^git$/,
    commands: /^grep$/,
    flags:
      /^(-[aIivwxEGFPlLczhHnopWqr]+|--(text|ignore-case|invert-match|word-regexp|full-name|extended-regexp|basic-regexp|fixed-strings|perl-regexp|files-with-matches|name-only|files-without-match|count|null|line-number|column|only-matching|heading|break|show-function|function-context|all-match|quiet|cached|no-index|untracked|recursive|no-recursive|no-color|no-textconv|textconv))$/,
  },
  { program: /^(hg|chg)$/, flags: /^(-[qvyU]+|--(quiet|verbose|noninteractive|noupdate|pull))$/ },
  { program: /^ssh$/, isFirst: true, flags: /^-[46AaCfGgKkMNnqsTtVvXxYy]+$/ },
  { program: /^(scp|sftp)$/, flags: /^-[346ABCpqrTv]+$/ },
  { program: /^ssh-keygen$/, flags: /^-[lBqvyiep]+$/ },
  {
    program: /^curl$/,
    flags:
      /^(-[sSfLkIgivNO]+|--(silent|show-error|fail|location|insecure|head|compressed|include|verbose|globoff|remote-name))$/,
  },
  {
    program: /^wget$/,
    flags:
      /^(-(q|c|N|r|p|k|S|nv|nc|nd|np|qN)|--(quiet|no-check-certificate|no-verbose|continue|spider|mirror|recursive))$/,
  },
  {
    program: /^rsync$/,
    flags:
      /^(-[avzrptgoDqhnuPHAXSl]+|--(archive|delete|compress|recursive|verbose|quiet|progress|stats|partial|update))$/,
  },
  {
    program: /^(g|bsd)?tar$/,
    flags: /^(-?[xctrzjJvpaPhmkuO]+|--(extract|create|list|gzip|verbose))$/,
    isBundled: true,
  },
  { program: /^find$/, flags: /^-[LPH]$/ },
  { program: /^zip$/, flags: /^(-[rqjy0-9XDumg]+|--(quiet|recurse-paths|junk-paths))$/ },
  { program: /^sort$/, flags: /^-[nurhVfbdgiMs]+$/ },
  { program: /^split$/, flags: /^(-d|--(numeric-suffixes|verbose))$/ },
  {
    program: /^(rg|ag|ack)$/,
    flags: /^(-[nilwcvFLHo]+|--(json|line-number|ignore-case|fixed-strings|no-heading|count))$/,
  },
  { program: /^man$/, flags: /^-[afkw]$/ },
  { program: /^psql$/, flags: /^(-[XAtqwWnlb1]+|--(no-psqlrc|tuples-only|no-align|quiet))$/ },
  { program: /^(mysql|mariadb)$/, flags: /^(-[sNBtfqH]+|--(silent|batch|skip-column-names|force))$/ },
  {
    program: /^(mysqldump|pg_dump|pg_restore)$/,
    flags: /^(-[acCOsvwxn]+|--(no-owner|clean|single-transaction|quick))$/,
  },
  { program: /^sqlite3$/, flags: /^-(json|csv|batch|readonly|header|line|html)$/ },
  { program: /^(sendmail|exim4?)$/, flags: /^-[ti]$|^-oi$/ },
  { program: /^nmap$/, flags: /^-(s[STVUnPACN]|[AFnRv]|Pn|T[0-5]|p-|v|vv|O)$|^--open$/ },
  {
    program: /^(yt-dlp|youtube-dl)$/,
    flags:
      /^(-[xqjJgesvcFik]+|--(no-playlist|quiet|dump-json|dump-single-json|simulate|skip-download|get-url|get-title|flat-playlist|no-warnings|newline|extract-audio|list-formats))$/,
  },
  { program: /^aria2c$/, flags: /^(-q|--quiet)$/ },
  { program: /^(chromium|chromium-browser|google-chrome|google-chrome-stable|chrome)$/, flags: /^--/ },
  {
    program: /^(docker|podman)$/,
    commands: /^(run|create|exec|build)$/,
    flags: /^(-[itdPq]+|--(rm|interactive|tty|detach|privileged|init))$/,
  },
  { program: /^(g?make)$/, flags: /^-[skBniwe]+$/ },
  { program: /^(vim?|nvim|emacs)$/, flags: /^-(es|batch|nw|n|R)$/ },
  { program: /^(python|pypy)[\d.]*$/, isFirst: true, flags: /^-[uBEIsSO]+$/ },
  { program: /^(node|nodejs|perl|ruby|php)[\d.]*$/, isFirst: true, flags: /^(-[wT]|--no-warnings)$/ },
]);
