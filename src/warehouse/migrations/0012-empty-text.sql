-- An empty text was counted with the rows without a value, and so no guard saw it come: an invalid value of an enumeration arrives
-- as one. From here on `value` is null for a row without a value, and where there is none to name.

-- What was counted of both together is measured again in what is published.
delete from nightjar.measure m using nightjar.measure mixed
 where m.guard in ('codes', 'distribution') and mixed.value = ''
   and mixed.generation = m.generation and mixed.dataset = m.dataset and mixed.guard = m.guard and mixed.subject = m.subject;

alter table nightjar.measure
  drop constraint measure_pkey,
  alter column value drop not null,
  alter column value drop default;
update nightjar.measure set value = null where value = '';
alter table nightjar.measure
  add constraint measure_once unique nulls not distinct (generation, dataset, guard, subject, value);
