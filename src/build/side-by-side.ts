/**
 * Does a job for each item, at most `workers` at a time, an item only after all those it waits for. The first failure
 * aborts the others' signal and is thrown when all have ended.
 *
 * @param before the names an item waits for; names that are no item are ignored.
 */
export async function sideBySide<Item extends { readonly name: string }, Worker>(
  items: readonly Item[],
  before: (item: Item) => readonly string[],
  workers: readonly Worker[],
  job: (item: Item, worker: Worker) => Promise<void>,
): Promise<void> {
  const names = new Set(items.map((item) => item.name));
  const waiting = [...items];
  const done = new Set<string>();
  let failed = false;
  const wakers: (() => void)[] = [];
  const wake = (): void => {
    for (const waker of wakers.splice(0)) waker();
  };

  const work = async (worker: Worker): Promise<void> => {
    while (!failed && waiting.length > 0) {
      const index = waiting.findIndex((item) =>
        before(item).every((name) => !names.has(name) || done.has(name)),
      );
      if (index === -1) {
        await new Promise<void>((resolve) => wakers.push(resolve));
        continue;
      }
      const [item] = waiting.splice(index, 1);
      if (item === undefined) continue;
      try {
        await job(item, worker);
        done.add(item.name);
      } catch (error) {
        failed = true;
        throw error;
      } finally {
        wake();
      }
    }
  };

  const ends = await Promise.allSettled(workers.map(work));
  for (const end of ends) {
    if (end.status === 'rejected') throw end.reason;
  }
}
