/** Puts a long text together from many pieces, in memory of the order of the text itself. */

/** Pieces that are joined at a time: each piece apart costs far more memory than its units. */
const BATCH = 1024;

export class PiecewiseText {
  private readonly texts: string[] = [];
  private pieces: string[] = [];

  add(piece: string): void {
    if (this.pieces.push(piece) >= BATCH) this.join();
  }

  /** The text; its length is for the caller to charge. */
  finish(): string {
    this.join();
    return this.texts.join('');
  }

  private join(): void {
    this.texts.push(this.pieces.join(''));
    this.pieces = [];
  }
}
