/** Makes a failing text small. */

/** The smallest text found that still fails: parts are left out, from large to small, as long as it does. */
export async function shrink(text: string, fails: (text: string) => Promise<boolean>): Promise<string> {
  let smallest = text;
  for (let size = text.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < smallest.length;) {
      const shorter = smallest.slice(0, at) + smallest.slice(at + size);
      if (await fails(shorter)) smallest = shorter;
      else at += size;
    }
  }
  return smallest;
}
