/** Does pieces of work in order, as many at a time as there are lanes, each lane with its own place. */
export async function inLanes<Lane, Piece>(
  lanes: readonly Lane[],
  pieces: readonly Piece[],
  work: (lane: Lane, piece: Piece) => Promise<void>,
): Promise<void> {
  const waiting = [...pieces];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) {
        await work(lane, piece);
      }
    }),
  );
}
