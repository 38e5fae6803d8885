import type { Tree } from 'web-tree-sitter';

/**
 * Walks a syntax tree in the parser's memory. It calls undocumented exports of web-tree-sitter's WebAssembly, whose version
 * is therefore pinned.
 * The package's own TreeCursor copies its state in and out at each step, which takes as long as parsing. Here the state
 * stays in a buffer that all calls of the parser share. Call nothing else of the parser between `open` and `close`.
 */
export interface Cursor {
  /** Starts at the root of a tree. Returns the number by which all other functions of the cursor identify the tree. */
  open(tree: Tree): number;
  close(tree: number): void;
  /** The number of the node's kind. */
  readonly kind: Ask;
  /** Offsets in UTF-16 units. */
  readonly start: Ask;
  readonly end: Ask;
  /** 1 for a token that the parser inserted to recover from an error. */
  readonly isMissing: Ask;
  /** `toChild`, `toNext` and `toParent` move the cursor. They return 0 if there is no such node. */
  readonly toChild: Ask;
  readonly toNext: Ask;
  readonly toParent: Ask;
}

type Ask = (tree: number) => number;

/**
 * Creates a cursor. Throws a TypeError if the parser lacks one of the exports.
 * @param parserModule the object that was passed to `Parser.init`, which adds the exports to it
 */
export function createCursor(parserModule: object): Cursor {
  const exported = (name: string): Ask => {
    const found = (parserModule as { readonly [name: string]: unknown })[`_ts_${name}_wasm`];
    if (typeof found !== 'function') throw new TypeError(`This version of web-tree-sitter has no ${name}.`);
    return found as Ask;
  };
  const toRoot = exported('tree_root_node');
  const begin = exported('tree_cursor_new');
  const end = exported('tree_cursor_delete');
  return {
    open(tree) {
      const address = (tree as unknown as { readonly 0: number })[0];
      toRoot(address);
      begin(address);
      return address;
    },
    close: (tree) => {
      end(tree);
    },
    kind: exported('tree_cursor_current_node_type_id'),
    start: exported('tree_cursor_start_index'),
    end: exported('tree_cursor_end_index'),
    isMissing: exported('tree_cursor_current_node_is_missing'),
    toChild: exported('tree_cursor_goto_first_child'),
    toNext: exported('tree_cursor_goto_next_sibling'),
    toParent: exported('tree_cursor_goto_parent'),
  };
}
