import { type ClientCapabilities, MarkupKind } from 'vscode-languageserver/node';

/** What the client on the other side can show and do. */
export interface ClientFeatures {
  readonly way: boolean;
  readonly page: boolean;
  readonly hover: MarkupKind;
  /** Whether it asks for the edit of an action once that is chosen. */
  readonly resolve: boolean;
  /** Whether an edit can name the version of the document that it is for. */
  readonly versions: boolean;
  readonly folders: boolean;
}

export function clientFeatures({ textDocument, workspace }: ClientCapabilities): ClientFeatures {
  const { publishDiagnostics, hover, codeAction } = textDocument ?? {};
  const isMarkdown = hover?.contentFormat?.includes(MarkupKind.Markdown) === true;
  return {
    way: publishDiagnostics?.relatedInformation === true,
    page: publishDiagnostics?.codeDescriptionSupport === true,
    hover: isMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
    resolve:
      codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    versions: workspace?.workspaceEdit?.documentChanges === true,
    folders: workspace?.workspaceFolders === true,
  };
}
