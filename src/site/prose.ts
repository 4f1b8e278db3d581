import Callout from './Callout.astro';
import Diagram from './Diagram.astro';
import HeadCell from './HeadCell.astro';
import Link from './Link.astro';
import Predict from './Predict.astro';
import Step from './Step.astro';
import Table from './Table.astro';
import Term from './Term.astro';

/** What content files may use beyond Markdown, without importing it. */
export const prose = { a: Link, table: Table, th: HeadCell, Callout, Diagram, Predict, Term };
export const labProse = { ...prose, Step };
