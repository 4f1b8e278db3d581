import { render } from 'astro:content';
import type { Outline, OutlinePage } from '../lab/outline.ts';
import { course } from './course.ts';
import { quizOf } from './quizzes.ts';

/** The course as progress counts it. */
export async function courseOutline(): Promise<Outline> {
  const pages = (await course()).map(async (module): Promise<OutlinePage[]> => {
    const { headings } = await render(module.entry);
    return [
      {
        ...head(module), sections: headings.filter(({ depth }) => depth === 2).map(({ slug, text }) => ({ id: slug, title: text })),
        steps: [], fields: [],
      },
      ...module.labs.map((page): OutlinePage => ({
        ...head(page), sections: [], steps: page.lab.steps.map(({ id, title }) => ({ id, title })),
        fields: page.lab.steps.flatMap(({ fields = [] }) => fields.map(({ id }) => id)),
      })),
    ];
  });
  return (await Promise.all(pages)).flat();
}

function head({ id, title, href }: { readonly id: string; readonly title: string; readonly href: string }) {
  const { questions, predictions = [] } = quizOf(id);
  return { id, title, href, questions: questions.map((one) => one.id), predictions: predictions.map((one) => one.id) };
}
