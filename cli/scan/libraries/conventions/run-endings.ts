/**
 * Extensions of files that a server executes, or that a browser runs with the origin of the site.
 * https://owasp.org/www-community/vulnerabilities/Unrestricted_File_Upload,
 * https://developer.mozilla.org/en-US/docs/Web/SVG/Element/script
 */
export const runEndings: ReadonlySet<string> = new Set(
  `php php3 php4 php5 php7 php8 phtml phps phar inc jsp jspx jspf jsw asp aspx ashx asmx asa cer cfm cgi fcgi pl pm py pyc
  pyw rb erb sh bash zsh ps1 bat cmd com exe msi dll so jar war class vbs wsf hta js mjs cjs jsx ts html htm shtml xhtml
  xht mht mhtml svg svgz xml xsl xslt swf htaccess config ini`.split(/\s+/),
);
