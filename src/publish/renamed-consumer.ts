import type { Session } from '../warehouse/session.ts';

const during = 'what a consumer of a new name reads';

/** A login, and the consumer that it is declared under now. */
export interface DeclaredLogin {
  readonly login: string;
  readonly consumer: string;
}

/**
 * A login that comes to a consumer that was given nothing yet, as where a consumer is renamed, reads on: its new consumer
 * is given what the former one was, also what waits for its import, which goes on too. To be asked before the logins are
 * written down, and in the same transaction.
 */
export async function letRenamedReadOn(session: Session, logins: readonly DeclaredLogin[]): Promise<void> {
  const renamed = await session.query<{ former: string; name: string }>(
    during,
    `select distinct on (n.consumer) l.consumer as former, n.consumer as name
       from unnest($1::text[], $2::text[]) n(login, consumer) join nightjar.login l on l.login = n.login
      where l.consumer <> n.consumer and not exists (select from nightjar.switch s where s.consumer = n.consumer)
      order by n.consumer, n.login`,
    [logins.map((one) => one.login), logins.map((one) => one.consumer)],
  );
  for (const { former, name } of renamed) {
    await session.query(
      during,
      `insert into nightjar.switch (consumer, effective_from, generation, journal)
       select $2, s.effective_from, s.generation, s.journal from nightjar.switch s where s.consumer = $1`,
      [former, name],
    );
    await session.query(
      during,
      `with open_import as (
         insert into nightjar.import (consumer, login, generation, began_at)
         select $2, i.login, i.generation, i.began_at from nightjar.import i
          where i.consumer = $1 and i.ended_at is null and i.login = any ($3::text[])
         returning number, login, began_at
       )
       insert into nightjar.due (consumer, effective_from, until, why, import)
       select $2, d.effective_from, d.until, d.why, o.number
         from nightjar.due d left join nightjar.import i on i.number = d.import
         left join open_import o on o.login = i.login and o.began_at = i.began_at
        where d.consumer = $1`,
      [former, name, logins.filter((one) => one.consumer === name).map((one) => one.login)],
    );
  }
}
