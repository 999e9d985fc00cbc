/**
 * Does a job for each item, at most `workers` at a time, an item only after all those it waits for. After a failure no
 * further job begins; the first one is thrown when those in hand have ended.
 *
 * @param before the names an item waits for; names that are no item are ignored.
 * @param onFailure called at once with the first failure: to stop the jobs in hand.
 */
export async function sideBySide<Item extends { readonly name: string }, Worker>(
  items: readonly Item[],
  before: (item: Item) => readonly string[],
  workers: readonly Worker[],
  job: (item: Item, worker: Worker) => Promise<void>,
  onFailure: (reason: unknown) => void,
): Promise<void> {
  const names = new Set(items.map((item) => item.name));
  const waiting = [...items];
  const done = new Set<string>();
  const failures: { readonly reason: unknown }[] = [];
  const wakers: (() => void)[] = [];
  const wake = (): void => {
    for (const waker of wakers.splice(0)) waker();
  };

  const work = async (worker: Worker): Promise<void> => {
    while (failures.length === 0 && waiting.length > 0) {
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
        // Those that end after it were stopped because of it.
        if (failures.push({ reason: error }) === 1) onFailure(error);
      } finally {
        wake();
      }
    }
  };

  await Promise.all(workers.map(work));
  const [first] = failures;
  if (first !== undefined) throw first.reason;
}
