/** Keeps what was made of lists, for as long as the lists are the very same arrays. */

interface Node<Item, Made> {
  readonly next: WeakMap<readonly Item[], Node<Item, Made>>;
  made?: Made;
}

/** Makes the same of the same lists, in the same order; nothing is kept once a list is gone. */
export class ListMemo<Item, Made> {
  readonly #make: (lists: readonly (readonly Item[])[]) => Made;
  readonly #root: Node<Item, Made> = { next: new WeakMap() };

  constructor(make: (lists: readonly (readonly Item[])[]) => Made) {
    this.#make = make;
  }

  /** What is made of these lists; made once. */
  of(lists: readonly (readonly Item[])[]): Made {
    let node = this.#root;
    for (const list of lists) {
      const next: Node<Item, Made> = node.next.get(list) ?? { next: new WeakMap() };
      node.next.set(list, next);
      node = next;
    }
    return (node.made ??= this.#make(lists));
  }
}
