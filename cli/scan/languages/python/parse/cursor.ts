import type { Tree } from 'web-tree-sitter';

/**
 * Walks a tree inside the parser's memory, without the package's own TreeCursor: that copies its state in and out
 * for each question, which takes as long as the parsing. Here it stays where the parser keeps it, in a buffer
 * that all of its calls share. So between `open` and `close` nothing else of the parser may be called.
 *
 * The functions are exports of the package's WebAssembly that it does not document; its version is pinned.
 */
export interface Cursor {
  /** Stands at the root, and gives the number that all other functions want. */
  open(tree: Tree): number;
  close(tree: number): void;
  /** The number of the node's kind. */
  readonly kind: Ask;
  /** Offsets in UTF-16 units. */
  readonly start: Ask;
  readonly end: Ask;
  /** 1 for what the parser has put in to go on. */
  readonly isMissing: Ask;
  /** These move; 0 if there is nothing. */
  readonly toChild: Ask;
  readonly toNext: Ask;
  readonly toParent: Ask;
}

type Ask = (tree: number) => number;

/** `parserModule` is the object that was given to `Parser.init`, which fills it. */
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
