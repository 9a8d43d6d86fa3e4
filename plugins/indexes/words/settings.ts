/** What the index of words is told in a manifest. */
import { z } from 'zod';

/** Judges `with`. */
export const settings = z.strictObject({
  /** The path of a file of synonyms, which are added to those of the package. */
  synonyms: z
    .string({ error: 'wanted the path of a file' })
    .min(1, { error: 'wanted the path of a file' })
    .exactOptional(),
  /** Whether those of the file stand in place of those of the package. */
  replaceSynonyms: z.boolean({ error: 'wanted true or false' }).default(false),
});

/** The settings with nothing left out. */
export type WordsSettings = z.output<typeof settings>;
