import { expect } from 'chai';
import { shownLines, shownText } from '../../../../../adapters/console/page/text/shown-text.js';

describe('text of others on the page', () => {
  it('is cut where it is long', () => {
    expect(shownText('a'.repeat(100_000)))
      .to.have.length(120)
      .and.match(/a…$/);
    expect(shownText('short', 5)).to.equal('short');
  });

  it('tells what turns or hides text by its number', () => {
    expect(shownText('delete\u202eelif_\u200b')).to.equal('delete‹202E›elif_‹200B›');
    expect(shownText('a\u0000b\u001b[31m\ufeff')).to.equal('a‹0000›b‹001B›[31m‹FEFF›');
  });

  it('is one line, or keeps its lines where they are wanted', () => {
    expect(shownText('a\nb\tc')).to.equal('a b c');
    expect(shownLines('a\nb\tc\u2066', 100)).to.equal('a\nb\tc‹2066›');
  });
});
