import type { BootMachine } from './boot.ts';
import { checkpointItem } from './checkpoint-item.ts';
import { pageCheckpoints } from './page-checkpoints.ts';
import { part } from './part.ts';

/** Before Boot: the kept machines of this page, to go on with instead. Fetched only where some are kept. */
export async function offerKept(element: BootMachine): Promise<void> {
  const store = pageCheckpoints();
  const list = document.createElement('ul');
  list.className = 'kept';
  list.ariaLabel = 'Checkpoints to go on from';
  const here = (await store.list()).filter(({ lab }) => lab === (element.dataset['lab'] ?? ''));
  list.append(...here.map((checkpoint) => checkpointItem(checkpoint, {
    here: true, kind: 'lasting',
    back: () => void element.boot(checkpoint),
    remove: async (button) => {
      await store.delete(checkpoint.id);
      button.closest('li')?.remove();
    },
  })));
  if (here.length) part(element, 'power').append(list);
}
