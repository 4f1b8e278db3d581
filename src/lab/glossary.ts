/** Terms and what they mean: plain text, one to three sentences, `code` between backticks. */
export type Glossary = Readonly<Record<string, string>>;

/** The part of an address that leads to a term: `page fault` is at `#page-fault`. */
export const termAnchor = (term: string): string => term.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
