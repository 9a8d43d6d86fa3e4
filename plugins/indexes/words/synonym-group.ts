/** Words and phrases that mean about the same; the order says nothing. */
export type SynonymGroup = readonly string[];
