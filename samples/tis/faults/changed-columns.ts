import { columnOr, shown, tableOr, type Fault } from './fault.ts';

const lifecycleState = columnOr('tcs.Placement', 'lifecycleState');
const email = columnOr('tcs.ContactDetails', 'email');
const dateOfBirth = columnOr('tcs.PersonalDetails', 'dateOfBirth');
const programmeName = columnOr('tcs.Programme', 'programmeName');
const placementSite = tableOr('tcs.PlacementSite');

/** Columns that are not what they were: a service was deployed, and nobody told the reader. */
export const changedColumns: readonly Fault[] = [
  {
    name: 'drop-column',
    describes: 'drops a column (Placement.lifecycleState unless another is named)',
    on: lifecycleState,
    async apply(database, options) {
      const { table, column } = lifecycleState(options);
      await database.run(`ALTER TABLE ${database.name(table.database, table.name)} DROP COLUMN ${column}`);
      return `${shown(table)} has no column ${column} any more.`;
    },
  },
  {
    name: 'rename-column',
    describes:
      'renames a column (ContactDetails.email unless another is named) to the same with "New" behind',
    on: email,
    async apply(database, options) {
      const { table, column } = email(options);
      const renamed = `${column.slice(0, -1)}New"`;
      await database.run(
        `ALTER TABLE ${database.name(table.database, table.name)} RENAME COLUMN ${column} TO ${renamed}`,
      );
      return `${shown(table)}.${column} is called ${renamed} now.`;
    },
  },
  {
    name: 'retype-column',
    describes:
      'makes a column of another type (PersonalDetails.dateOfBirth unless another is named, a text from then on), as in March 2021, when an enumeration became text',
    on: dateOfBirth,
    async apply(database, options) {
      const { table, column } = dateOfBirth(options);
      const name = database.name(table.database, table.name);
      await database.run(
        database.kind === 'mysql'
          ? `ALTER TABLE ${name} MODIFY COLUMN ${column} varchar(255)`
          : `ALTER TABLE ${name} ALTER COLUMN ${column} TYPE varchar(255) USING ${column}::text`,
      );
      return `${shown(table)}.${column} is a varchar(255) now.`;
    },
  },
  {
    name: 'narrow-column',
    describes:
      'makes a text column narrower (Programme.programmeName unless another is named, 40 characters from then on), cutting what does not fit',
    on: programmeName,
    async apply(database, options) {
      const { table, column } = programmeName(options);
      const name = database.name(table.database, table.name);
      await database.run(
        `UPDATE ${name} SET ${column} = SUBSTRING(${column} FROM 1 FOR 40) WHERE CHAR_LENGTH(${column}) > 40`,
      );
      await database.run(
        database.kind === 'mysql'
          ? `ALTER TABLE ${name} MODIFY COLUMN ${column} varchar(40)`
          : `ALTER TABLE ${name} ALTER COLUMN ${column} TYPE varchar(40)`,
      );
      return `${shown(table)}.${column} holds 40 characters at most now.`;
    },
  },
  {
    name: 'foreign-engine',
    only: 'mysql',
    describes:
      'moves a MySQL table (tcs.PlacementSite unless another is named) to an engine that has no snapshots',
    on: placementSite,
    async apply(database, options) {
      const { table } = placementSite(options);
      await database.run(`ALTER TABLE ${database.name(table.database, table.name)} ENGINE = MyISAM`);
      return `${shown(table)} is a MyISAM table now.`;
    },
  },
];
