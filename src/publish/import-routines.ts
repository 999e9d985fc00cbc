import { qualified, quoteIdentifier } from '../warehouse/identifier.ts';

/** How far ahead the instant of a switch that comes early lies, in seconds, doubled at each attempt. */
const leads = [1, 2, 4, 8];

/** The routines of the consumers' schema, as they stand in GRANT. */
export function importRoutines(schema: string): readonly string[] {
  return [
    'begin_import()',
    'acknowledge(bigint)',
    'import_open()',
    'import_confirm(bigint)',
    'receipt_write(bigint)',
    'due_announce(double precision)',
    'due_switch(timestamptz)',
  ].map((routine) => `${quoteIdentifier(schema)}.${routine}`);
}

/**
 * The statements that make `begin_import()` and `acknowledge()`. They are procedures that run with the consumer's own
 * rights, since they commit in between, as a publication does: what is announced must be seen before it is done. What
 * needs our rights is in small functions beside them, each safe whenever and by whomever of the consumers it is called.
 */
export function importRoutineSql(schema: string): readonly string[] {
  const own = (name: string): string => qualified(schema, name);
  const step = (name: string, args: string, result: string, body: string): string =>
    `create or replace function ${own(name)}(${args}) returns ${result}
     language sql security definer set search_path = pg_catalog, pg_temp as $$ select ${body} $$`;
  return [
    step('import_open', '', 'bigint', 'nightjar.open_import()'),
    step('import_confirm', 'opened bigint', 'boolean', 'nightjar.confirm_import(opened)'),
    step('receipt_write', 'generation bigint', 'bigint', 'nightjar.write_receipt(generation)'),
    step(
      'due_announce',
      'lead double precision',
      'timestamptz',
      'nightjar.announce_due(nightjar.consumer_asking(), make_interval(secs => lead))',
    ),
    step(
      'due_switch',
      'instant timestamptz',
      'boolean',
      'nightjar.switch_due(nightjar.consumer_asking(), instant)',
    ),
    `create or replace procedure ${own('begin_import')}() language plpgsql as $$
     declare
       opened bigint;
       confirmed boolean;
       ${switchVariables}
     begin
       ${switchWhatWaits(own)}
       opened := ${own('import_open')}();
       commit;
       confirmed := ${own('import_confirm')}(opened);
       commit;
       if not confirmed then
         raise exception 'whoever connects now will read another generation than this session does'
           using errcode = 'NJ009', hint = 'Connect again, and begin the import there.';
       end if;
     end $$`,
    `comment on procedure ${own('begin_import')}() is 'Says that an import begins: until acknowledge(), or a bound, whoever connects reads what this session reads.'`,
    `create or replace procedure ${own('acknowledge')}(inout generation bigint default null) language plpgsql as $$
     declare
       ${switchVariables}
     begin
       generation := ${own('receipt_write')}(generation);
       commit;
       ${switchWhatWaits(own)}
     end $$`,
    `comment on procedure ${own('acknowledge')}(bigint) is 'Says that a generation was taken (that of this session, unless named) and that the import is over.'`,
    ...importRoutines(schema).map((routine) => `revoke all on routine ${routine} from public`),
  ];
}

const switchVariables = `instant timestamptz;
       lead double precision;
       pause double precision;`;

/** Brings forward what waited for the import, and waits until whoever connects reads it; unless a standby's lag is to be waited for. */
function switchWhatWaits(own: (name: string) => string): string {
  return `foreach lead in array array[${leads.join(', ')}]::double precision[] loop
         instant := ${own('due_announce')}(lead);
         commit;
         exit when instant is null;
         if ${own('due_switch')}(instant) then
           commit;
           pause := extract(epoch from instant operator(pg_catalog.-) pg_catalog.clock_timestamp());
           if pause operator(pg_catalog.>) 0 and pause operator(pg_catalog.<) 10 then
             perform pg_catalog.pg_sleep(pause);
           end if;
         end if;
         commit;
       end loop;`;
}
